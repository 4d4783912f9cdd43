// Hashes of sign-in tokens, kept so that a restarted core shows the same screen without a new PIN.
import { existsSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { z } from 'zod';
import type { TokenEntry, TokenStore } from './operators.ts';

const tokensSchema = z.record(z.string(), z.strictObject({ operatorId: z.string(), until_ms: z.number() }));

/** A damaged file only costs a new sign-in. */
function readTokens(file: string): Record<string, TokenEntry> {
  if (!existsSync(file)) return {};
  try {
    return tokensSchema.parse(JSON.parse(readFileSync(file, 'utf8')));
  } catch (error) {
    process.stderr.write(`${file} is damaged, everybody signs in again: ${String(error)}\n`);
    return {};
  }
}

const say = (message: string) => void process.stderr.write(`${message}\n`);

/** What the file says is no longer so: without it a restart costs a new sign-in, and brings back nobody who has signed out. */
function forget(file: string): void {
  try {
    rmSync(file, { force: true });
  } catch (error) {
    say(`${file} can not be removed either: ${String(error)}`);
  }
}

function keep(file: string, tokens: Record<string, TokenEntry>): void {
  try {
    writeFileSync(`${file}.new`, JSON.stringify(tokens), { mode: 0o600 });
    renameSync(`${file}.new`, file);
  } catch (error) {
    say(`${file} can not be written, after a restart everybody signs in again: ${String(error)}`);
    forget(file);
  }
}

/** A disk that takes no file keeps nobody from signing in or out. */
export function openTokenFile(file: string): TokenStore {
  let tokens = readTokens(file);
  return {
    read: () => tokens,
    write: (next) => {
      tokens = next;
      keep(file, next);
    },
  };
}
