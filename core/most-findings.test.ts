// More differences than the screen lists: what a person's word can end is among those that it does, and what speaks against such a word,
// wherever it stands on the bill.
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { type BillComparison, MOST_findings } from '../contract/reconciliation.ts';
import type { BookLine } from '../fixtures/bills/line.ts';
import { billFile } from '../fixtures/bills/write.ts';
import { type DrivenTill, openDrivenTill, proof } from '../fixtures/databases/till.ts';
import { compareBill } from './compare-bill.ts';
import { shanghaiDate } from './domain/time.ts';

let directory: string;
let till: DrivenTill;
beforeEach(() => {
  directory = mkdtempSync(join(tmpdir(), 'yima-most-'));
  mkdirSync(join(directory, 'bills'));
  till = openDrivenTill(join(directory, 'state'));
  till.route(true);
});
afterEach(() => {
  till.close();
  rmSync(directory, { recursive: true });
});

/** Of a sale of before today, whose answer was lost. */
function refundInDoubt(): { orderNumber: string; requestNumber: string } {
  const attemptId = till.sell('130123456789012341');
  const approved = { ...proof, settlementDate: '20200101', acquirerOrderId: 'ACQ1' };
  till.answer(attemptId, { kind: 'approved', proof: approved });
  const { engine } = till;
  const { saleId } = till.attempt(attemptId);
  const lines = (engine.state.sales[saleId]?.lines ?? []).map(({ lineId }) => ({ lineId, quantity: 1 }));
  const decided = { operatorId: 'lin', approverId: 'chen', reason: '坏了' };
  expect(engine.ask({ kind: 'returnOpened', saleId, lines, ...decided })).toBeNull();
  const [refund] = Object.values(engine.state.giveBacks);
  if (refund === undefined) throw new Error('nothing goes back');
  const event = { kind: 'noAnswer', cause: 'ECONNRESET' } as const;
  engine.post({ kind: 'giveBack', giveBackId: refund.giveBackId, event });
  return refund;
}

/** The bill of its day: its payment, `more` about it, and before them more lines of a lost life than are listed. */
function compared({ orderNumber }: { orderNumber: string }, more: Partial<BookLine>[] = []): BillComparison {
  const billDate = shanghaiDate(Date.now());
  const charge: BookLine = {
    kind: 'pay',
    orderNumber,
    refundNumber: '',
    acquirerNumber: 'ACQ1',
    amount_fen: 450,
    fee_fen: 0,
    discount_fen: 0,
    at_ms: Date.now(),
    terminal: 'T1',
    billDate,
  };
  const lost = Array.from({ length: MOST_findings + 1 }, (_, index): BookLine => {
    const number = `202600020010${String(index).padStart(5, '0')}AABBCCDD`;
    return { ...charge, orderNumber: number, acquirerNumber: `ACQL${index}` };
  });
  const lines = [...lost, charge, ...more.map((one) => ({ ...charge, ...one }))];
  writeFileSync(join(directory, 'bills', 'b.csv'), billFile('wechatpay', billDate, lines));
  const found = compareBill({
    stateDirectory: join(directory, 'state'),
    folder: join(directory, 'bills'),
    file: 'b.csv',
    contract: {
      rail: 'wechatpay',
      merchant: null,
      routes: [{ routeId: 'gateway', party: 'x', rate_ppm: null }],
    },
    others: [],
    terminalCode: '20260002',
  });
  if (!found.ok) throw new Error(found.detail);
  return found.comparison;
}

it('a refund in doubt, on no line, behind more lines of a lost life than are listed', () => {
  const refund = refundInDoubt();
  const { requestNumber } = refund;
  const { findings, leftOff } = compared(refund);
  expect(findings[0]).toMatchObject({ class: 'stillPending', refundNumber: requestNumber });
  expect(findings).toHaveLength(MOST_findings);
  expect(leftOff).toBeGreaterThan(0);
});

// By it "not back" is refused (core/rpc/view-reconciliation.ts).
it('a refund in doubt that a line shows back in another amount, behind as many', () => {
  const refund = refundInDoubt();
  const { requestNumber } = refund;
  const line = { kind: 'refund', refundNumber: requestNumber, amount_fen: 100 } as const;
  const { findings, leftOff } = compared(refund, [line]);
  const row = { class: 'refundAmountDiffers', refundNumber: requestNumber, isGiveBack: true };
  expect(findings[0]).toMatchObject(row);
  expect(leftOff).toBeGreaterThan(0);
});
