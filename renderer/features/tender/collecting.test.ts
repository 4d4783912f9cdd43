// A sale that was sold on trust and not paid: which screen it has, which payment has failed, and what is settled beside what is due.
import { describe, expect, it } from 'vitest';
import { paymentOf, saleOf } from '../../preview/goods.ts';
import { isBeingPaid, isLost, lostAtHand, newestLost, settledBeside_fen } from './collecting.ts';

const queued = paymentOf({ attemptId: 'Q', state: 'queued', deferred: true, amount_fen: 3_000 });
const lost = paymentOf({
  attemptId: 'L',
  state: 'declined',
  deferred: true,
  unproven: false,
  amount_fen: 6_000,
});
const paid = paymentOf({ attemptId: 'P', state: 'approved', unproven: false, amount_fen: 2_000 });

describe('a sold sale whose offline payment has failed', () => {
  it('is being paid, unlike one that still waits for its payment', () => {
    expect(isBeingPaid(saleOf({ state: 'completedPending', isCollecting: true }))).toBe(true);
    expect(isBeingPaid(saleOf({ state: 'completedPending' }))).toBe(false);
    expect(isBeingPaid(saleOf({ state: 'tendering' }))).toBe(true);
    expect(isBeingPaid(saleOf({ state: 'completed' }))).toBe(false);
  });

  it('names the newest of those that failed, and none that is open, paid, or was refused at the counter', () => {
    const refused = paymentOf({ attemptId: 'R', state: 'declined', unproven: false });
    const keptLate = { ...lost, attemptId: 'K', state: 'approved' as const };
    expect([queued, lost, paid, refused, keptLate].map(isLost)).toEqual([false, true, false, false, false]);
    const sale = saleOf({ payments: [{ ...lost, attemptId: 'L0' }, lost, refused] });
    expect(newestLost(sale)?.attemptId).toBe('L');
  });

  it('has the failed payment at hand until another one is tried', () => {
    const collecting = saleOf({ state: 'completedPending', isCollecting: true, payments: [paid, lost] });
    expect(lostAtHand(collecting)?.attemptId).toBe('L');
    expect(lostAtHand({ ...collecting, payments: [lost, paymentOf()] })).toBeNull();
    // Written off, or paid since.
    expect(lostAtHand({ ...collecting, isCollecting: false })).toBeNull();
  });
});

describe('what is settled beside the cash of this moment', () => {
  const total_fen = saleOf().total_fen;

  it('is by wallets where nothing else has paid; what is queued is not paid yet', () => {
    const cash_fen = total_fen - 5_000;
    const sale = saleOf({ payments: [paid, queued], due_fen: cash_fen });
    const beside = { wallets_fen: 2_000, queued_fen: 3_000, other_fen: 0 };
    expect(settledBeside_fen(sale, 0)).toEqual(beside);
    expect(settledBeside_fen({ ...sale, due_fen: 0 }, cash_fen)).toEqual(beside);
  });

  it('calls earlier cash no wallet', () => {
    const sale = saleOf({ payments: [lost], due_fen: 6_000, isCollecting: true });
    const other_fen = total_fen - 6_000;
    const beside = { wallets_fen: 0, queued_fen: 0, other_fen };
    expect(settledBeside_fen(sale, 0)).toEqual(beside);
    // Collected in cash: only the newest tender and its change lie on the counter.
    expect(settledBeside_fen({ ...sale, due_fen: 0 }, 6_000)).toEqual(beside);
  });

  it('is nothing where cash pays all, 抹零 with it', () => {
    const nothing = { wallets_fen: 0, queued_fen: 0, other_fen: 0 };
    expect(settledBeside_fen(saleOf({ due_fen: 0 }), total_fen)).toEqual(nothing);
    expect(settledBeside_fen(saleOf(), 0)).toEqual(nothing);
  });
});
