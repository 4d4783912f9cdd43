// Whatever happens, in whatever order, the books balance after every event.
//
// For each sale that was sold, from records alone:
//
//   paid - returned = cash kept + wallets kept + on trust + missing
//
//   paid          what its goods are worth after 抹零          returned   the same of the goods that came back
//   cash kept     taken - given back at returns
//   wallets kept  approved - given back (wallet or cash) - promised back (open, or refused and not paid out)
//   on trust      deferred and not proven
//   missing       never negative; at most its open exceptions + what of it was written off; nothing where there are none
//
// Where goods come back that nobody paid for, they are set off against what is missing, and nothing is given for them. Summed over
// all sales, and with what unfinished sales hold (part payments, which go back or become sales), that is
//
//   net sales - net returns = cash takings - cash refunds + wallets approved - voids - refunds
//                             - part payments of unfinished sales - promised back of sold ones + on trust + missing
//
// in the figures of the reports. Between the records of one commit it need not hold: a return is opened before its give-backs.
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { Ledger } from '../../../test/sim/ledger.ts';
import { draw, eventOf } from '../../../test/sim/random-events.ts';
import { TestTill } from '../../../test/sim/till-kit.ts';
import type { Report } from '../../../contract/report.ts';
import { due_fen, expectedCash_fen } from './queries.ts';

function expectSoldBalances(ledger: Ledger): number {
  let missing_fen = 0;
  for (const [saleId, { paid_fen, returned_fen }] of ledger.sold) {
    const money_fen = (ledger.cash.get(saleId) ?? 0) + ledger.kept_fen(saleId) + ledger.onTrust_fen(saleId);
    const own_fen = paid_fen - returned_fen - money_fen;
    const lost_fen = (ledger.exceptions.get(saleId) ?? 0) + ledger.forgone_fen(saleId);
    expect(own_fen, `${saleId} misses`).toBeGreaterThanOrEqual(0);
    expect(own_fen, `${saleId} misses`).toBeLessThanOrEqual(lost_fen);
    missing_fen += own_fen;
  }
  return missing_fen;
}

/** Never more back, on any tender, than was taken on it. */
function expectCaps(ledger: Ledger): void {
  for (const [attemptId, { kind, amount_fen }] of ledger.payments) {
    const back_fen = ledger.given_fen(attemptId) + ledger.promised_fen(attemptId);
    expect(back_fen, attemptId).toBeLessThanOrEqual(kind === 'approved' ? amount_fen : 0);
  }
}

function expectGapless(ledger: Ledger): void {
  for (const [series, numbers] of Object.entries(ledger.numbers)) {
    const counted = numbers.map((number) => Number(number.replace(/^\D/, '')));
    expect(counted, series).toEqual(counted.map((_, at) => at + 1));
  }
}

function expectUnfinished(till: TestTill, ledger: Ledger): void {
  for (const sale of Object.values(till.state.sales)) {
    if (ledger.sold.has(sale.saleId)) continue;
    expect(due_fen(till.state, sale), sale.saleId).toBeGreaterThanOrEqual(0);
    const isEmpty = sale.state === 'open' || sale.state === 'cancelled' || sale.state === 'cancelling';
    if (isEmpty) expect(ledger.kept_fen(sale.saleId), `${sale.saleId} ${sale.state}`).toBe(0);
  }
}

const figures = { net: 0, cash: 0, wallets: 0 };

function figuresOf(report: Report): typeof figures {
  return {
    net: report.net_fen,
    cash: report.cash.sales.amount_fen - report.cash.refunds.amount_fen,
    wallets: report.wallets.reduce((sum, row) => sum + row.net_fen, 0),
  };
}

function plus(a: typeof figures, b: typeof figures): typeof figures {
  return { net: a.net + b.net, cash: a.cash + b.cash, wallets: a.wallets + b.wallets };
}

/** All periods together: the Z's so far, and an X that is taken of the rest and thrown away. */
function expectReportsBalance(till: TestTill, ledger: Ledger, missing_fen: number): void {
  const copy = Object.assign(new TestTill(), { state: till.state, now_ms: till.now_ms });
  const { records } = copy.tell({ kind: 'reportTaken', operatorId: '1', at_ms: till.now_ms });
  const reports = [...till.records.filter((record) => record.type === 'day.closed'), ...records];
  const all = reports
    .flatMap((record) => ('report' in record.body ? [figuresOf(record.body.report)] : []))
    .reduce(plus, figures);
  let open_fen = 0;
  let trust_fen = 0;
  for (const [attemptId, { saleId, kind, amount_fen }] of ledger.payments) {
    const isSold = ledger.sold.has(saleId);
    if (isSold) open_fen += ledger.promised_fen(attemptId);
    else if (kind === 'approved') open_fen += amount_fen - ledger.given_fen(attemptId);
  }
  for (const saleId of ledger.sold.keys()) trust_fen += ledger.onTrust_fen(saleId);
  expect(all.net).toBe(all.cash + all.wallets - open_fen + trust_fen + missing_fen);
}

test('the books balance after every event', () => {
  fc.assert(
    fc.property(fc.array(draw, { minLength: 30, maxLength: 160, size: 'max' }), (draws) => {
      const till = TestTill.ready();
      const ledger = new Ledger();
      for (const record of till.records) ledger.take(record);
      for (const one of draws) {
        till.later(one.wait_ms);
        const event = eventOf(till, one);
        if (event === null) continue;
        for (const record of till.tell(event).records) ledger.take(record);
        const missing_fen = expectSoldBalances(ledger);
        expectCaps(ledger);
        expectUnfinished(till, ledger);
        const { shift } = till.state;
        expect(shift === null ? null : expectedCash_fen(shift)).toBe(ledger.drawer_fen);
        if (one.which % 8 === 0) expectReportsBalance(till, ledger, missing_fen);
      }
      expectReportsBalance(till, ledger, expectSoldBalances(ledger));
      expectGapless(ledger);
    }),
    { numRuns: 300, endOnFailure: true, interruptAfterTimeLimit: 40_000 },
  );
});
