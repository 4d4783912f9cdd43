// Keeps what V8 compiled in the till's state directory: a restart then loads the core's modules without compiling them.
// Only a saving of time: where it can't be read or written, the core starts as it would without.
import { mkdirSync } from 'node:fs';
import { enableCompileCache, flushCompileCache } from 'node:module';
import { join } from 'node:path';
import { parseArgs } from 'node:util';

/** Late enough that what the counter uses is compiled, and early enough for a till that is ended by its power switch. */
const FLUSH_AFTER_ms = 20_000;

/** As `--state` names it; the core itself says what is wrong with its arguments. */
function stateDirectory(args: readonly string[]): string | null {
  const { values } = parseArgs({ args: [...args], strict: false, options: { state: { type: 'string' } } });
  return typeof values.state === 'string' ? values.state : null;
}

/** To be called before the modules are loaded that it shall keep. */
export function useCompileCache(args: readonly string[], flushAfter_ms = FLUSH_AFTER_ms): void {
  const state = stateDirectory(args);
  if (state === null) return;
  const directory = join(state, 'cache');
  try {
    // What lies here is run: for its owner only, like the journal.
    mkdirSync(directory, { recursive: true, mode: 0o700 });
  } catch {
    // A state directory that can't be written is the core's to refuse, in its own words.
    return;
  }
  enableCompileCache(directory);
  setTimeout(() => flushCompileCache(), flushAfter_ms).unref();
}
