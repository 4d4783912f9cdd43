// A vault without codes: it knows for which attempts there was one, which is all that a replay needs.
import type { CodeVault } from '../../core/ports/code-vault.ts';

const BLANK = 'not recorded';

export function blankVault(): CodeVault & { clear(): void } {
  const attemptIds = new Set<string>();
  const nothing = new Uint8Array(1);
  return {
    fingerprint: () => BLANK,
    put: (attemptId) => void attemptIds.add(attemptId),
    get: (attemptId) => (attemptIds.has(attemptId) ? BLANK : null),
    wipe: (attemptId) => void attemptIds.delete(attemptId),
    attemptIds: () => [...attemptIds],
    seal: ({ attemptId }) => ({ attemptId, keyId: 'replay', nonce: nothing, box: nothing }),
    unseal: () => null,
    clear: () => attemptIds.clear(),
  };
}
