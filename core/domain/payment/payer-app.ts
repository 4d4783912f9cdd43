// How the customer paid, where the acquirer told it and it says more than the scheme does. Pure.
import type { ApprovalProof } from './state.ts';

/** What a gateway says when it does not know either. */
const saysNothing: ReadonlySet<string> = new Set(['', 'OTHER', 'UNKNOWN']);

/** Null: not told, or the scheme's own app, which stands there already. */
export function payerAppBeside(scheme: string, { payerApp }: Pick<ApprovalProof, 'payerApp'>): string | null {
  return payerApp === null || payerApp === scheme || saysNothing.has(payerApp) ? null : payerApp;
}

/** We don't know the wallet: the acquirer recognised the code by itself, or the customer scanned a code that many wallets take. */
const namesNoWallet: ReadonlySet<string> = new Set(['UNKNOWN', 'AGGREGATE']);

/** The rail that a payment went by. Null: the scheme names it, the app beside it has the same name, or it was not told. */
export function railBeside(
  scheme: string,
  { rail, payerApp }: Pick<ApprovalProof, 'rail' | 'payerApp'>,
): string | null {
  return !namesNoWallet.has(scheme) || rail === payerApp || saysNothing.has(rail) ? null : rail;
}
