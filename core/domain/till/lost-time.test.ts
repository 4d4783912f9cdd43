// Sales that were open in a backup: they may have been finished in the lost time, and their goods have left. Nothing of them goes back unasked.
import { describe, expect, test } from 'vitest';
import { answers, codeScan, ROUTE, TestTill } from '../../../test/sim/till-kit.ts';
import type { PaymentEvent } from '../payment/event.ts';

const isMoneyMoved = (effects: readonly { kind: string }[]) =>
  effects.some(({ kind }) => kind === 'giveBack' || kind === 'reverse');

/** Started from the backup, two hours later, with the cashier signed in. */
function restored(till: TestTill): TestTill {
  const sentIds = till.attempts().map(({ attemptId }) => attemptId);
  till.later(2 * 3600_000).restoreBackup();
  till.tell({ kind: 'coreStarted', version: '1', runtime: 'test', sentIds, sentDrawerIds: [] });
  till.tell({ kind: 'signedIn', operatorId: '1', role: 'cashier' });
  return till;
}

const confirm = (till: TestTill) =>
  till.tell({ kind: 'restoreConfirmed', operatorId: '9', reason: '已与账单核对' });

function partPaid(): TestTill {
  const till = TestTill.tendering(1000);
  till.tell({ kind: 'walletPartSet', amount_fen: 600 });
  till.tell(codeScan());
  till.pay(answers.approved);
  return till;
}

function inDoubt(...events: PaymentEvent[]): TestTill {
  const till = TestTill.tendering(1000);
  till.tell(codeScan());
  for (const event of events) till.pay(event);
  return till;
}

describe('a sale with money in it', () => {
  test('is not dropped before the lost time was compared', () => {
    const till = restored(partPaid());
    const { effects, refusal } = till.tell({ kind: 'saleCancelled' });
    expect([refusal, isMoneyMoved(effects)]).toEqual(['E-RST-03', false]);
    confirm(till);
    expect(isMoneyMoved(till.tell({ kind: 'saleCancelled' }).effects)).toBe(true);
  });

  test('can be finished as it was', () => {
    const till = restored(partPaid());
    till.tell({ kind: 'cashTaken', received_fen: 400, roundDown: false });
    expect(till.sale().state).toBe('completed');
  });
});

test('a sale without money in it is dropped as ever', () => {
  const till = restored(TestTill.tendering(1000));
  expect(till.tell({ kind: 'saleCancelled' }).refusal).toBeNull();
});

describe.each<[string, PaymentEvent[]]>([
  ['sent', []],
  ['in doubt', [answers.noAnswer]],
  ['waiting for the customer', [{ kind: 'awaiting' }]],
])('a payment that was %s', (_, events) => {
  test('is not reversed for a line that is down when the restored till starts', () => {
    const till = restored(inDoubt(...events));
    till.pay({ kind: 'inquiryFailed', cause: 'ECONNREFUSED' });
    const { effects } = till.pay({ kind: 'timer' });
    expect(effects.map(({ kind }) => kind)).toEqual(['inquire']);
  });

  test('is not reversed by one word, after questions without an answer: the books may lag behind', () => {
    const till = restored(inDoubt(...events));
    const lost = { kind: 'inquiryFailed', cause: 'ECONNREFUSED' } as const;
    till.pay(lost);
    for (const answer of [lost, lost, lost, { kind: 'notFound' } as const]) {
      till.later(60_000).pay({ kind: 'timer' });
      till.pay(answer);
    }
    expect(till.pay({ kind: 'timer' }).effects.map(({ kind }) => kind)).toEqual(['inquire']);
    till.pay({ kind: 'notFound' });
    expect(isMoneyMoved(till.pay({ kind: 'timer' }).effects)).toBe(true);
  });

  test('is neither given up nor paid in cash instead before the lost time was compared', () => {
    const till = restored(inDoubt(...events));
    const { attemptId } = till.newest();
    const cash = { kind: 'cashTaken', received_fen: 1000, roundDown: false } as const;
    expect(till.tell({ kind: 'gaveUp', attemptId }).refusal).toBe('E-RST-03');
    expect(till.tell(cash).refusal).toBe('E-RST-03');
    confirm(till);
    expect(isMoneyMoved(till.tell({ kind: 'gaveUp', attemptId }).effects)).toBe(true);
  });

  test('is kept when it was paid, and completes its sale', () => {
    const till = restored(inDoubt(...events));
    till.pay(answers.approved);
    expect([till.newest().machine.state.kind, till.sale().state]).toEqual(['approved', 'completed']);
  });
});

test('a part that nobody needs waits for a person: it may have gone back in the lost time, and would go again', () => {
  const till = TestTill.tendering(1500);
  till.line(false);
  till.tell({ kind: 'walletPartSet', amount_fen: 500 });
  till.tell(codeScan());
  till.line(true);
  till.tell({ kind: 'forwarded', routeId: ROUTE, window: 1 });
  till.pay(answers.declined);
  const lost = till.newest().attemptId;
  till.tell(codeScan({ codeHmac: 'hmac-2' }));
  const other = till.newest().attemptId;
  restored(till);
  till.pay(answers.approved, lost);
  const { effects } = till.pay(answers.approved, other);
  expect(isMoneyMoved(effects)).toBe(false);
  const [back] = Object.values(till.state.giveBacks);
  expect(back).toMatchObject({
    amount_fen: 500,
    machine: { state: { code: 'LOST_TIME', perhapsBack: true } },
  });
});
