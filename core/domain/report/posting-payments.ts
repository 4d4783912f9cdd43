// Postings of wallet money: approvals, deferred payments and their ends, money given back. Pure.
import type { CountAndAmount, LateRow } from '../../../contract/report.ts';
import type { GiveBack } from '../giveback/give-back.ts';
import { isProven } from '../payment/state.ts';
import type { BodyOf } from '../till/records.ts';
import type { Attempt } from '../till/state.ts';
import { nothing, type OfflineOutcome, type Period } from './period.ts';
import { type Around, plus, withLate, withOverride } from './tally.ts';

function withOffline(period: Period, outcome: OfflineOutcome, amount_fen: number): Period {
  return { ...period, offline: { ...period.offline, [outcome]: plus(period.offline[outcome], amount_fen) } };
}

type WalletSide = 'approved' | 'refunds' | 'voids';

function withWallet(
  period: Period,
  { scheme, rail }: { scheme: string; rail: string },
  side: WalletSide,
  amount_fen: number,
  count = 1,
): Period {
  const key = `${scheme}/${rail}`;
  const blank: Record<WalletSide, CountAndAmount> = { approved: nothing, refunds: nothing, voids: nothing };
  const wallet = period.wallets[key] ?? { scheme, rail, ...blank };
  return {
    ...period,
    wallets: { ...period.wallets, [key]: { ...wallet, [side]: plus(wallet[side], amount_fen, count) } },
  };
}

export function postPaymentOpened(period: Period, { attempt }: BodyOf<'payment.opened'>): Period {
  return attempt.machine.deferred ? withOffline(period, 'taken', attempt.amount_fen) : period;
}

/** How a deferred payment ended in this step, if it did. A manager's cancel takes `deferred` away before any proof. */
function offlineEnd(before: Attempt, after: Attempt): OfflineOutcome | null {
  if (!before.machine.deferred || isProven(before.machine.state)) return null;
  if (!after.machine.deferred) return 'cancelled';
  switch (after.machine.state.kind) {
    case 'approved':
      return 'approved';
    case 'declined':
    case 'reversed':
      return 'declined';
    case 'expiredUnsent':
      return 'expired';
    default:
      return null;
  }
}

function lateWord({ machine: { state } }: Attempt): LateRow['what'] | null {
  switch (state.kind) {
    case 'approved':
    case 'declined':
    case 'reversed':
      return state.kind;
    case 'notSent':
      return state.cause === 'cancelled' ? 'cancelled' : 'expired';
    case 'expiredUnsent':
    case 'closed':
      return 'expired';
    default:
      return null;
  }
}

export function postAnswer(period: Period, body: BodyOf<'payment.moved'>, { before, after }: Around): Period {
  const was = before.attempts[body.attemptId];
  const is = after.attempts[body.attemptId];
  if (!was || !is) return period;
  const { attemptId, orderNumber, amount_fen, zNumber } = is;
  const { state } = is.machine;
  let next = period;
  if (is.machine.deferred && !was.wasDeferred) next = withOffline(next, 'taken', amount_fen);
  const end = offlineEnd(was, is);
  if (end !== null) next = withOffline(next, end, amount_fen);
  if (state.kind === 'approved')
    next = withWallet(next, { scheme: is.scheme, rail: state.proof.rail }, 'approved', amount_fen);
  const what = isProven(was.machine.state) ? null : lateWord(is);
  return what === null
    ? next
    : withLate(next, { what, id: attemptId, number: orderNumber, amount_fen, originalZ: zNumber });
}

/** What bill or office called done, and the acquirer refuses: taken out again, from the open period. */
function withoutDone(period: Period, was: GiveBack): Period {
  const { method, amount_fen } = was;
  const next = withWallet(period, was, method === 'void' ? 'voids' : 'refunds', 0 - amount_fen, -1);
  if (method === 'refund') return next;
  return { ...next, control: { ...next.control, voids: plus(next.control.voids, 0 - amount_fen, -1) } };
}

export function postGiveBack(period: Period, body: BodyOf<'giveBack.moved'>, { before }: Around): Period {
  const was = before.giveBacks[body.giveBackId];
  const { kind } = body.machine.state;
  if (!was || (kind !== 'done' && kind !== 'failed')) return period;
  const { amount_fen, giveBackId, requestNumber, method, zNumber } = was;
  const row = { id: giveBackId, number: requestNumber, amount_fen, originalZ: zNumber };
  if (kind === 'failed') {
    // In doubt now, and counted when it failed.
    if (was.machine.state.kind === 'failed') return period;
    const rest = was.machine.state.kind === 'done' ? withoutDone(period, was) : period;
    return method === 'void' ? rest : withLate(rest, { what: 'refundFailed', ...row });
  }
  // Its own proof, after somebody's word that counted already.
  if (was.machine.state.kind === 'done') return period;
  const next = withWallet(period, was, method === 'void' ? 'voids' : 'refunds', amount_fen);
  if (method === 'refund') return withLate(next, { what: 'refunded', ...row });
  const control = { ...next.control, voids: plus(next.control.voids, amount_fen) };
  return withLate({ ...next, control }, { what: 'voided', ...row });
}

export function postPaidInCash(
  period: Period,
  body: BodyOf<'giveBack.paidInCash'>,
  { before }: Around,
): Period {
  const giveBack = before.giveBacks[body.giveBackId];
  const refunds = plus(period.cash.refunds, body.amount_fen);
  const next = withOverride({ ...period, cash: { ...period.cash, refunds } }, body);
  if (!giveBack) return next;
  const { giveBackId, requestNumber, zNumber } = giveBack;
  return withLate(next, {
    what: 'paidInCash',
    id: giveBackId,
    number: requestNumber,
    amount_fen: body.amount_fen,
    originalZ: zNumber,
  });
}
