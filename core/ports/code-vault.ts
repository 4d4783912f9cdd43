// Payment codes are secrets: in memory while they are needed, sealed in the queue, wiped and erased afterwards.
import type { SealedCode } from './journal.ts';

/** What a sealed code is bound to: it opens for this attempt, number and amount only. */
export type CodeBinding = { attemptId: string; orderNumber: string; amount_fen: number };

export interface CodeVault {
  /** Keyed HMAC, lower hex: tells the same code again. */
  fingerprint(code: string): string;
  put(attemptId: string, code: string): void;
  get(attemptId: string): string | null;
  wipe(attemptId: string): void;
  attemptIds(): string[];
  seal(binding: CodeBinding, code: string): SealedCode;
  /** Null when the key is lost or the box was altered: the code can't be had any more. */
  unseal(binding: CodeBinding, sealed: SealedCode): string | null;
}
