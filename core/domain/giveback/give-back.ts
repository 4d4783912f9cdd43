// One give-back: a void of a whole payment, or a refund of a part of it, bound to the attempt that took the money.
import type { StoryStep } from '../story-step.ts';
import { type GiveBackMachine, isGiveBackProven } from './machine.ts';

export type GiveBackMethod = 'void' | 'refund';

export type GiveBack = {
  giveBackId: string;
  /** Our number on the wire (`refundRequestId`); committed before sending, never reused. */
  requestNumber: string;
  method: GiveBackMethod;
  /** The goods return it pays for; null when a sale was dropped, or nobody needs the money. */
  returnId: string | null;
  /** `surplus`: an approval that came when its sale was paid otherwise, dropped or returned. */
  cause: 'return' | 'dropped' | 'surplus';
  saleId: string;
  attemptId: string;
  /** The order number of the payment. */
  orderNumber: string;
  routeId: string;
  scheme: string;
  rail: string;
  amount_fen: number;
  openedAt_ms: number;
  /** The period (number of the Z that closes it) it was opened in. */
  zNumber: number;
  machine: GiveBackMachine;
  /** Paid out in cash after the proven failure. */
  paidInCash: boolean;
  /** The slip was printed while the outcome was open (退款处理中). */
  slipPrinted: boolean;
  acquirerCode: string | null;
  story: StoryStep[];
  /** It took the place of this one, which had failed. Absent in records of before it was told. */
  replaces?: string;
  /** This one took its place: what is owed is owed by that. */
  replacedBy?: string;
  /** Failed, and the money is back by another one of its chain: nobody owes it. */
  isMoot?: true;
  /** The customer has this money twice, and nobody has looked into it yet. */
  isLoss?: true;
};

/** A refund that provably failed, and nobody has paid its money out yet. A refused void is owed by the refund after it. */
export function isOwed(one: GiveBack): boolean {
  if (one.replacedBy !== undefined || one.isMoot === true) return false;
  return one.machine.state.kind === 'failed' && one.method === 'refund' && !one.paidInCash;
}

/** WeChat Pay's word for a refund that the customer's account does not take: only the shop can end it, on the merchant's platform. */
const ABNORMAL = 'ABNORMAL';

/** A refund that is stuck with the acquirer, or was when its office spoke: another one of the same money would be stuck, too. */
export function isAbnormal({ acquirerCode, machine: { state }, story }: GiveBack): boolean {
  if (acquirerCode === ABNORMAL) return true;
  // A line that broke after that word takes nothing back; the acquirer's own refusal, or its proof, does.
  const isTold = state.kind === 'done' || (state.kind === 'failed' && state.by === undefined);
  return !isTold && story.some(({ detail }) => detail === ABNORMAL);
}

/** Failed, and the money may have gone back by other means: to be checked before anything is paid in its place. */
export function isPerhapsBack({ machine: { state } }: GiveBack): boolean {
  return state.kind === 'failed' && state.perhapsBack === true;
}

/** Failed, and told by the one that took its place, or that gave the money back after all. */
export function isSuperseded({ method, machine, replacedBy, isMoot }: GiveBack): boolean {
  if (machine.state.kind !== 'failed') return false;
  return method === 'void' || replacedBy !== undefined || isMoot === true;
}

/** Owed, and another refund may do what this one could not: nothing says that it would be a second one. */
export function isRetryable(one: GiveBack): boolean {
  return isOwed(one) && !isPerhapsBack(one) && !isAbnormal(one);
}

/** Promised and not given: unproven, or owed. */
export function isPromised(one: GiveBack): boolean {
  return !isGiveBackProven(one.machine.state) || isOwed(one);
}

/** Somebody still has to see to it: promised, or given twice. */
export function isOpenGiveBack(one: GiveBack): boolean {
  return isPromised(one) || one.isLoss === true;
}

/** What it counts for against its payment. */
export function counts_fen(one: GiveBack): { given_fen: number; giving_fen: number } {
  const { amount_fen, machine, paidInCash } = one;
  const times = (machine.state.kind === 'done' ? 1 : 0) + (paidInCash ? 1 : 0);
  return { given_fen: times * amount_fen, giving_fen: isPromised(one) ? amount_fen : 0 };
}
