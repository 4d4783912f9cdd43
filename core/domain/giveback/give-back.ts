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
};

/** A refund that provably failed, and nobody has paid its money out yet. A refused void is owed by the refund after it. */
export function isOwed(one: GiveBack): boolean {
  return one.machine.state.kind === 'failed' && one.method === 'refund' && !one.paidInCash;
}

/** Failed, and the money may have gone back by other means: to be checked before anything is paid in its place. */
export function isPerhapsBack({ machine: { state } }: GiveBack): boolean {
  return state.kind === 'failed' && state.perhapsBack === true;
}

/** Somebody still has to see to it: unproven, or owed. */
export function isOpenGiveBack(one: GiveBack): boolean {
  return !isGiveBackProven(one.machine.state) || isOwed(one);
}
