// Which app the customer paid with, where the acquirer told it and it says more than the scheme does. Pure.
import type { ApprovalProof } from './state.ts';

/** What a gateway says when it does not know either. */
const saysNothing: ReadonlySet<string> = new Set(['', 'OTHER', 'UNKNOWN']);

/** Null: not told, or the scheme's own app, which stands there already. */
export function payerAppBeside(scheme: string, { payerApp }: Pick<ApprovalProof, 'payerApp'>): string | null {
  return payerApp === null || payerApp === scheme || saysNothing.has(payerApp) ? null : payerApp;
}
