// What this till has done with a payment code before, by its keyed hash: one code, one payment.
import type { CodeUse, CodeUseQuery } from '../core/ports/journal.ts';
import type { Sql } from './open.ts';

/** Payments by a code of ours have no hash, and the index leaves them out. Where nothing has left nobody has taken the code. */
export const usesOfCode = `
  SELECT max(proven = 0 AND deferred = 1) AS isQueued FROM attempt
  WHERE code_hmac = :codeHmac AND code_hmac <> '' AND attempt_id <> :besides
    AND (proven = 0 AND deferred = 1
      OR state NOT IN ('notSent', 'expiredUnsent') AND json_extract(body, '$.openedAt_ms') >= :since_ms)`;

export function createCodeUse(sql: Sql): (query: CodeUseQuery) => CodeUse {
  const used = sql.prepare(usesOfCode);
  return ({ codeHmac, since_ms, besides = '' }) => {
    const { isQueued } = used.get({ codeHmac, since_ms, besides }) as { isQueued: number | null };
    return { queuedBefore: isQueued === 1, usedBefore: isQueued !== null };
  };
}
