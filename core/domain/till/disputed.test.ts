// A payment in dispute that turns out to be charged: it never pays for its sale, all of it goes back, and the paper says so.
import { expect, test } from 'vitest';
import { answers, codeScan, TestTill } from '../../../test/sim/till-kit.ts';
import { gatewayPolicy } from '../payment/policy.ts';
import { header } from '../../../test/core/paper-header.ts';
import { buildReceipt } from '../receipt/build.ts';
import { due_fen } from './queries.ts';

/** 15 yuan, given up; the acquirer refuses to reverse, and has it charged. */
function inDispute(): TestTill {
  const till = TestTill.tendering(1500);
  till.tell(codeScan());
  till.later(6000).tell({ kind: 'gaveUp', attemptId: till.newest().attemptId });
  till.pay({ kind: 'reversalRefused', cause: 'WINDOW_CLOSED' });
  till.pay(answers.approved);
  expect(till.newest().machine.state).toMatchObject({ kind: 'disputed', cause: 'chargedNotReversible' });
  return till;
}

function foundCharged(till: TestTill): TestTill {
  till.later(gatewayPolicy.disputedEvery_ms).pay({ kind: 'timer' });
  till.pay(answers.approved);
  return till;
}

const cash = { kind: 'cashTaken', received_fen: 1500, roundDown: false } as const;

test('it does not pay for the sale, which is due again, and goes back whole by a give-back of its own', () => {
  const till = foundCharged(inDispute());
  expect(till.sale().state).toBe('tendering');
  expect(due_fen(till.state, till.sale())).toBe(1500);
  const [back, ...others] = Object.values(till.state.giveBacks);
  expect(others).toEqual([]);
  expect(back).toMatchObject({ cause: 'surplus', amount_fen: 1500, attemptId: till.newest().attemptId });
});

test('paid in cash meanwhile, the sale stays complete and the charge goes back all the same', () => {
  const till = inDispute();
  expect(till.tell(cash).refusal).toBeNull();
  foundCharged(till);
  expect(till.sale()).toMatchObject({ state: 'completed', cash: { amount_fen: 1500 } });
  expect(Object.values(till.state.giveBacks).map((one) => one.amount_fen)).toEqual([1500]);
});

test('the receipt of the sale does not count it, and tells the customer that it comes back', () => {
  const till = foundCharged(inDispute());
  till.tell(cash);
  const sale = till.sale();
  const receipt = till.state.receipts[sale.receiptId ?? ''];
  if (receipt === undefined) throw new Error('the sale has no receipt');
  const texts = JSON.stringify(
    buildReceipt(header, receipt, sale, till.attempts(), Object.values(till.state.giveBacks)).blocks,
  );
  expect(texts).toContain('微信支付 退款中');
  expect(texts).toContain('Not used here, goes back in full');
  expect(texts).not.toContain('eturned in full');
  expect(texts).not.toContain('收单单号');
});
