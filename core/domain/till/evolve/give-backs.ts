// How records of returns and give-backs change the state.
import { assert } from '../../assert.ts';
import type { GiveBack } from '../../giveback/give-back.ts';
import { paid_fen } from '../../sale/settled.ts';
import type { Sale } from '../../sale/sale.ts';
import type { BodyOf } from '../records.ts';
import type { Shift, TillState } from '../state.ts';
import { appendStory, giveBackStoryOf } from '../story.ts';
import { addReceipt, counted, withAttempt, withGiveBack, withSale } from './with.ts';

function isAllReturned(sale: Sale, returned: Sale['returned']): boolean {
  return sale.settled.every((line) => (returned[line.lineId] ?? 0) === line.quantity);
}

function refundedFrom(shift: Shift | null, amount_fen: number): Shift | null {
  return shift === null ? null : { ...shift, refunds_fen: shift.refunds_fen + amount_fen };
}

export function returnOpened(state: TillState, body: BodyOf<'return.opened'>): TillState {
  const { receiptId, return: one } = body;
  const next = withSale(state, one.saleId, (sale) => {
    const returned = { ...sale.returned };
    for (const line of one.lines) returned[line.lineId] = (returned[line.lineId] ?? 0) + line.quantity;
    return {
      ...sale,
      returned,
      state: isAllReturned(sale, returned) ? 'returned' : sale.state,
      cashReturned_fen: sale.cashReturned_fen + one.cash_fen,
      returnIds: [...sale.returnIds, one.returnId],
    };
  });
  const paper = {
    receiptId,
    number: one.number,
    kind: 'return',
    subject: one.returnId,
    saleId: one.saleId,
  } as const;
  const grand = { ...state.grand, returns_fen: state.grand.returns_fen + paid_fen(one.lines) };
  const shift = refundedFrom(next.shift, one.cash_fen);
  return counted({ ...addReceipt(next, paper), grand, shift }, 'return');
}

/** The refund that takes a refused void's place gives the same surplus back, not another one. */
function newSurplus_fen(state: TillState, giveBack: GiveBack): number {
  if (giveBack.cause !== 'surplus') return 0;
  const isAgain = Object.values(state.giveBacks).some(
    (one) => one.attemptId === giveBack.attemptId && one.cause === 'surplus' && one.method === 'void',
  );
  return isAgain ? 0 : giveBack.amount_fen;
}

export function giveBackOpened(state: TillState, { giveBack }: BodyOf<'giveBack.opened'>): TillState {
  const next = withAttempt(state, giveBack.attemptId, (attempt) => ({
    ...attempt,
    givingBack_fen: attempt.givingBack_fen + giveBack.amount_fen,
    surplus_fen: attempt.surplus_fen + newSurplus_fen(state, giveBack),
  }));
  return counted({ ...next, giveBacks: { ...next.giveBacks, [giveBack.giveBackId]: giveBack } }, 'giveBack');
}

/** A failed refund still owes its money (cash may follow); a refused void is followed by a refund, which owes it. */
export function giveBackMoved(state: TillState, body: BodyOf<'giveBack.moved'>): TillState {
  const before = state.giveBacks[body.giveBackId];
  assert(before, `record names give-back ${body.giveBackId}, which is not loaded`);
  const next = withGiveBack(state, body.giveBackId, (giveBack) => ({
    ...giveBack,
    machine: body.machine,
    acquirerCode: body.code ?? giveBack.acquirerCode,
    story: appendStory(giveBack.story, giveBackStoryOf(body)),
  }));
  const isDone = body.machine.state.kind === 'done';
  const isOwedElsewhere = body.machine.state.kind === 'failed' && before.method === 'void';
  if (!isDone && !isOwedElsewhere) return next;
  // An acquirer that refused and gave back all the same: what took its place is promised, or paid, besides.
  const isPromised =
    before.machine.state.kind !== 'failed' || (before.method === 'refund' && !before.paidInCash);
  return withAttempt(next, before.attemptId, (attempt) => ({
    ...attempt,
    givingBack_fen: attempt.givingBack_fen - (isPromised ? before.amount_fen : 0),
    givenBack_fen: attempt.givenBack_fen + (isDone ? before.amount_fen : 0),
  }));
}

export function giveBackNoted(state: TillState, body: BodyOf<'giveBack.noted'>): TillState {
  return withGiveBack(state, body.giveBackId, (giveBack) => ({
    ...giveBack,
    story: appendStory(giveBack.story, giveBackStoryOf(body)),
  }));
}

export function returnSlipAsked(state: TillState, { returnId }: BodyOf<'return.slipAsked'>): TillState {
  const giveBacks = Object.fromEntries(
    Object.entries(state.giveBacks).map(([id, one]) => [
      id,
      one.returnId === returnId ? { ...one, slipPrinted: true } : one,
    ]),
  );
  return { ...state, giveBacks };
}

export function giveBackSlipAsked(state: TillState, body: BodyOf<'giveBack.slipAsked'>): TillState {
  const { receiptId, number, giveBackId } = body;
  const saleId = state.giveBacks[giveBackId]?.saleId ?? null;
  return addReceipt(state, { receiptId, number, kind: 'giveBack', subject: giveBackId, saleId });
}

export function giveBackPaidInCash(state: TillState, body: BodyOf<'giveBack.paidInCash'>): TillState {
  const next = withGiveBack(state, body.giveBackId, (giveBack) => ({ ...giveBack, paidInCash: true }));
  const attemptId = next.giveBacks[body.giveBackId]?.attemptId ?? '';
  const paid = withAttempt(next, attemptId, (attempt) => ({
    ...attempt,
    givingBack_fen: attempt.givingBack_fen - body.amount_fen,
    givenBack_fen: attempt.givenBack_fen + body.amount_fen,
  }));
  return { ...paid, shift: refundedFrom(paid.shift, body.amount_fen) };
}
