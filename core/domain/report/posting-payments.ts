// Postings of wallet money that comes in: approvals, deferred payments and their ends. Pure.
import type { CountAndAmount, LateRow } from '../../../contract/report.ts';
import { isProven } from '../payment/state.ts';
import type { BodyOf } from '../till/records.ts';
import type { Attempt } from '../till/state.ts';
import { nothing, type OfflineOutcome, type Period } from './period.ts';
import { type Around, plus, withLate } from './tally.ts';

function withOffline(period: Period, outcome: OfflineOutcome, amount_fen: number): Period {
  return { ...period, offline: { ...period.offline, [outcome]: plus(period.offline[outcome], amount_fen) } };
}

type WalletSide = 'approved' | 'refunds' | 'voids';

export function withWallet(
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
