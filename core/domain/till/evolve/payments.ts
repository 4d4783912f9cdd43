// How records of payments, and of deferred ones that ended without money, change the state.
import { assert } from '../../assert.ts';
import { isProven } from '../../payment/state.ts';
import { shanghaiDate } from '../../time.ts';
import type { BodyOf } from '../records.ts';
import type { Attempt, TillState } from '../state.ts';
import { appendStory, storyOf } from '../story.ts';
import { counted, withAttempt, withSale } from './with.ts';

export function paymentOpened(state: TillState, { attempt }: BodyOf<'payment.opened'>): TillState {
  const next = withSale(state, attempt.saleId, (sale) => ({
    ...sale,
    attemptIds: [...sale.attemptIds, attempt.attemptId],
    walletPart_fen: null,
    // Collected by a wallet: nobody gets the change of the cash of that time again.
    ...(sale.cash === null ? {} : { newestCash: null }),
  }));
  return counted({ ...next, attempts: { ...next.attempts, [attempt.attemptId]: attempt } }, 'attempt');
}

const HISTORY_days = 90;

/** Counts a deferred payment's proven end, for the expected loss. A manager's cancel is no loss. */
function withHistory(state: TillState, before: Attempt, after: Attempt, at_ms: number): TillState {
  const { kind } = after.machine.state;
  const isEnd = before.machine.deferred && !isProven(before.machine.state) && isProven(after.machine.state);
  if (!isEnd || !after.machine.deferred) return state;
  const date = shanghaiDate(at_ms);
  const day = state.deferredDays[date] ?? { resolved: 0, lost: 0 };
  const today = { resolved: day.resolved + 1, lost: day.lost + (kind === 'approved' ? 0 : 1) };
  const oldest = shanghaiDate(at_ms - HISTORY_days * 24 * 3600 * 1000);
  const kept = Object.entries(state.deferredDays).filter(([one]) => one > oldest);
  return { ...state, deferredDays: { ...Object.fromEntries(kept), [date]: today } };
}

export function paymentMoved(state: TillState, body: BodyOf<'payment.moved'>): TillState {
  const before = state.attempts[body.attemptId];
  assert(before, `record names attempt ${body.attemptId}, which is not loaded`);
  const after: Attempt = {
    ...before,
    machine: body.machine,
    ...(body.party !== undefined && { party: body.party }),
    wasDeferred: before.wasDeferred || body.machine.deferred,
    acquirerCode: body.code ?? before.acquirerCode,
    story: appendStory(before.story, storyOf(body)),
  };
  const next = { ...state, attempts: { ...state.attempts, [body.attemptId]: after } };
  return withHistory(next, before, after, body.at_ms);
}

export function paymentNoted(state: TillState, body: BodyOf<'payment.noted'>): TillState {
  return withAttempt(state, body.attemptId, (attempt) => ({
    ...attempt,
    story: appendStory(attempt.story, storyOf(body)),
  }));
}

export function exceptionRaised(state: TillState, body: BodyOf<'exception.raised'>): TillState {
  const attempt = state.attempts[body.attemptId];
  assert(attempt, `record names attempt ${body.attemptId}, which is not loaded`);
  const { orderNumber, saleId, zNumber } = attempt;
  const amount_fen = body.amount_fen ?? attempt.amount_fen;
  const open = { ...body, orderNumber, saleId, amount_fen, zNumber };
  return { ...state, exceptions: { ...state.exceptions, [body.attemptId]: open } };
}

export function exceptionClosed(state: TillState, body: BodyOf<'exception.closed'>): TillState {
  const exception = state.exceptions[body.attemptId];
  assert(exception, `record names exception ${body.attemptId}, which is not open`);
  const others = Object.entries(state.exceptions).filter(([id]) => id !== body.attemptId);
  const next = { ...state, exceptions: Object.fromEntries(others) };
  if (body.how !== 'writtenOff') return next;
  const amount_fen = body.amount_fen ?? exception.amount_fen;
  const written = withSale(next, exception.saleId, (sale) => ({
    ...sale,
    writtenOff_fen: sale.writtenOff_fen + amount_fen,
    // That ended it, and no cash on the counter.
    ...(sale.cash === null ? {} : { newestCash: null }),
  }));
  // A record of before the amount was told changes what it changed then, and no more.
  if (body.amount_fen === undefined) return written;
  return withAttempt(written, body.attemptId, (attempt) => ({
    ...attempt,
    writtenOff_fen: (attempt.writtenOff_fen ?? 0) + amount_fen,
  }));
}

export function writeOffTakenBack(state: TillState, body: BodyOf<'writeOff.takenBack'>): TillState {
  const { saleId, attemptId, amount_fen } = body;
  const next = withSale(state, saleId, (sale) => ({
    ...sale,
    writtenOff_fen: sale.writtenOff_fen - amount_fen,
  }));
  if (attemptId === null) return next;
  return withAttempt(next, attemptId, (attempt) => ({
    ...attempt,
    writtenOff_fen: (attempt.writtenOff_fen ?? 0) - amount_fen,
  }));
}
