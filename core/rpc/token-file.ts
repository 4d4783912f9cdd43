// Hashes of sign-in tokens, kept so that a restarted core shows the same screen without a new PIN.
import { existsSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
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

export function openTokenFile(file: string): TokenStore {
  let tokens = readTokens(file);
  return {
    read: () => tokens,
    write: (next) => {
      tokens = next;
      writeFileSync(`${file}.new`, JSON.stringify(next), { mode: 0o600 });
      renameSync(`${file}.new`, file);
    },
  };
}
