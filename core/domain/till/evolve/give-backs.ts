// How records of returns and give-backs change the state.
import { assert } from '../../assert.ts';
import { chainOf, isBackBy, isTwiceBack } from '../../giveback/chain.ts';
import { counts_fen, type GiveBack } from '../../giveback/give-back.ts';
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

/** What takes a refused void's or refund's place gives the same surplus back, not another one. */
function newSurplus_fen(state: TillState, giveBack: GiveBack): number {
  if (giveBack.cause !== 'surplus' || giveBack.replaces !== undefined) return 0;
  const isAgain = Object.values(state.giveBacks).some(
    (one) => one.attemptId === giveBack.attemptId && one.cause === 'surplus' && one.method === 'void',
  );
  return isAgain ? 0 : giveBack.amount_fen;
}

/** The payment counts what its give-backs, as they are now, count for. */
function recounted(before: TillState, after: TillState, attemptId: string): TillState {
  const sums = (state: TillState) => {
    const own = Object.values(state.giveBacks).filter((one) => one.attemptId === attemptId);
    const figures = own.map(counts_fen);
    // Plain sums: money that goes back twice stands in them twice, and may pass the limit of one amount.
    return {
      given_fen: figures.reduce((sum, { given_fen }) => sum + given_fen, 0),
      giving_fen: figures.reduce((sum, { giving_fen }) => sum + giving_fen, 0),
    };
  };
  const [was, is] = [sums(before), sums(after)];
  return withAttempt(after, attemptId, (attempt) => ({
    ...attempt,
    givingBack_fen: attempt.givingBack_fen + is.giving_fen - was.giving_fen,
    givenBack_fen: attempt.givenBack_fen + is.given_fen - was.given_fen,
  }));
}

/** The last of a chain is owed only while none before it gave the money back after all. */
function withOwner(state: TillState, giveBackId: string): TillState {
  const moved = state.giveBacks[giveBackId];
  assert(moved, `record names give-back ${giveBackId}, which is not loaded`);
  const chain = chainOf(state.giveBacks, moved);
  const last = chain.at(-1);
  if (last === undefined || chain.length === 1) return state;
  const isMoot = last.machine.state.kind === 'failed' && !last.paidInCash && isBackBy(chain);
  if (isMoot === (last.isMoot === true)) return state;
  return withGiveBack(state, last.giveBackId, ({ isMoot: _, ...one }) => (isMoot ? { ...one, isMoot } : one));
}

/** An acquirer that refused and gave back all the same: what took its place is promised, or paid, besides. */
function withLoss(state: TillState, moved: GiveBack): TillState {
  const chain = chainOf(state.giveBacks, moved);
  const isTwice = isTwiceBack(chain);
  let next = state;
  for (const { giveBackId, isLoss: was = false } of chain) {
    const isNew = giveBackId === moved.giveBackId && moved.machine.state.kind === 'done';
    const isLoss = isTwice && (isNew || was);
    if (isLoss === was) continue;
    next = withGiveBack(next, giveBackId, ({ isLoss: _, ...one }) => (isLoss ? { ...one, isLoss } : one));
  }
  return next;
}

export function giveBackOpened(state: TillState, { giveBack }: BodyOf<'giveBack.opened'>): TillState {
  const { giveBackId, attemptId, replaces } = giveBack;
  const surplus_fen = newSurplus_fen(state, giveBack);
  const opened: TillState = { ...state, giveBacks: { ...state.giveBacks, [giveBackId]: giveBack } };
  const linked =
    replaces === undefined
      ? opened
      : withGiveBack(opened, replaces, (one) => ({ ...one, replacedBy: giveBackId }));
  const next = withAttempt(recounted(state, linked, attemptId), attemptId, (attempt) => ({
    ...attempt,
    surplus_fen: attempt.surplus_fen + surplus_fen,
  }));
  return counted(next, 'giveBack');
}

/** A failed refund still owes its money (cash or another try may follow); a refused void is followed by a refund, which owes it. */
export function giveBackMoved(state: TillState, body: BodyOf<'giveBack.moved'>): TillState {
  const moved = withGiveBack(state, body.giveBackId, (giveBack) => ({
    ...giveBack,
    machine: body.machine,
    acquirerCode: body.code ?? giveBack.acquirerCode,
    story: appendStory(giveBack.story, giveBackStoryOf(body)),
  }));
  const owned = withOwner(moved, body.giveBackId);
  const one = owned.giveBacks[body.giveBackId];
  assert(one, `give-back ${body.giveBackId} vanished`);
  return recounted(state, withLoss(owned, one), one.attemptId);
}

/** The manager has looked into what was given twice: it changes no figure. */
export function giveBackLossSeen(state: TillState, body: BodyOf<'giveBack.lossSeen'>): TillState {
  return withGiveBack(state, body.giveBackId, ({ isLoss: _, ...one }) => one);
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
  const paid = recounted(state, next, attemptId);
  return { ...paid, shift: refundedFrom(paid.shift, body.amount_fen) };
}
