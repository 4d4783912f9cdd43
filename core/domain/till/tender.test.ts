// Paying for a sale: what is allowed while a payment is in doubt, and when a sale is complete.
import { describe, expect, test } from 'vitest';
import { answers, codeScan, goods, TestTill } from '../../../test/sim/till-kit.ts';
import { gatewayPolicy } from '../payment/policy.ts';

const effects = (till: TestTill, event: Parameters<TestTill['tell']>[0]) =>
  till.tell(event).effects.map((effect) => effect.kind);

describe('a payment code', () => {
  test('never charges before the tender step', () => {
    const till = TestTill.ready();
    expect(till.tell(codeScan()).refusal).toBe('E-SCAN-03');
    till.tell({ kind: 'goodsEntered', goods: goods(100) });
    expect(till.tell(codeScan()).refusal).toBe('E-SCAN-03');
    expect(till.state.attempts).toEqual({});
  });

  test('never charges after the sale is complete, cancelled or left', () => {
    const till = TestTill.tendering();
    till.tell(codeScan());
    till.pay(answers.approved);
    expect(till.tell(codeScan({ codeHmac: 'hmac-2' })).refusal).toBe('E-SCAN-03');
    till.tell({ kind: 'saleLeft' });
    expect(till.tell(codeScan({ codeHmac: 'hmac-2' })).refusal).toBe('E-SCAN-03');
  });

  test('asks for exactly what is due, once', () => {
    const till = TestTill.tendering(8741);
    expect(effects(till, codeScan())).toEqual(['authorize']);
    expect(till.newest().amount_fen).toBe(8741);
  });

  test('each gets its own order number, fit for the acquirer', () => {
    const till = TestTill.tendering();
    const numbers = new Set<string>();
    for (let count = 0; count < 50; count += 1) {
      till.tell(codeScan({ codeHmac: `hmac-${count}` }));
      numbers.add(till.newest().orderNumber);
      till.pay(answers.declined);
    }
    expect(numbers.size).toBe(50);
    for (const number of numbers) expect(number).toMatch(/^[0-9A-Za-z]{1,50}$/);
  });
});

describe('while a payment is unproven', () => {
  const doubts: [string, (till: TestTill) => void][] = [
    ['sent', () => undefined],
    ['without an answer', (till) => till.pay(answers.noAnswer)],
    ['waiting for the customer', (till) => till.pay({ kind: 'awaiting' })],
    ['being inquired about', (till) => till.later(5000).pay({ kind: 'timer' })],
    ['being reversed', (till) => till.later(6000).pay({ kind: 'gaveUp' })],
    [
      'disputed',
      (till) => {
        till.later(6000).pay({ kind: 'gaveUp' });
        till.pay({ kind: 'reversalRefused', cause: 'WINDOW_CLOSED' });
        till.pay({ kind: 'inquiryFailed', cause: 'TIMEOUT' });
      },
    ],
  ];

  const isBehindTheDoor = (name: string) => name === 'being reversed' || name === 'disputed';

  test.each(doubts)(
    '%s: no other code, no way back, no cancel but behind the one-way door',
    (name, bring) => {
      const till = TestTill.tendering();
      till.tell(codeScan());
      bring(till);
      expect(till.tell(codeScan({ codeHmac: 'hmac-2' })).refusal).toBe('E-SCAN-08');
      expect(till.tell({ kind: 'backToGoods' }).refusal).toBe('E-SALE-03');
      expect(till.tell({ kind: 'saleLeft' }).refusal).toBe('E-SALE-02');
      expect(till.sale().state).toBe('tendering');
      const { refusal } = till.tell({ kind: 'saleCancelled' });
      expect(refusal).toBe(isBehindTheDoor(name) ? null : 'E-SALE-03');
    },
  );

  test.each(doubts.filter(([name]) => isBehindTheDoor(name)))(
    '%s, its customer may walk off: the sale is dropped once nothing of it was kept, and the counter is free',
    (_, bring) => {
      const till = TestTill.tendering();
      till.tell(codeScan());
      bring(till);
      const { saleId } = till.sale();
      till.tell({ kind: 'saleCancelled' });
      const stateOf = () => till.state.sales[saleId]?.state;
      expect(stateOf()).toBe('cancelling');
      expect(till.tell({ kind: 'saleLeft' }).refusal).toBeNull();
      till.pay(answers.acknowledged);
      expect(stateOf()).toBe('cancelled');
    },
  );

  test('found charged after such a sale was dropped, all of it goes back', () => {
    const till = TestTill.tendering();
    till.tell(codeScan());
    doubts.find(([name]) => name === 'disputed')?.[1](till);
    const { saleId } = till.sale();
    till.tell({ kind: 'saleCancelled' });
    till.later(700_000).pay({ kind: 'timer' });
    till.pay(answers.approved);
    expect(Object.values(till.state.giveBacks)).toMatchObject([{ saleId, cause: 'surplus' }]);
    expect(till.state.sales[saleId]?.state).toBe('cancelling');
  });

  test.each([
    ['declined', (till: TestTill) => till.pay(answers.declined)],
    ['not sent', (till: TestTill) => till.pay({ ...answers.notSent, then: 'end' })],
    [
      'reversed',
      (till: TestTill) => {
        till.later(6000).pay({ kind: 'gaveUp' });
        till.pay(answers.acknowledged);
      },
    ],
  ])('proven %s: another code, or back, or cancel', (_, bring) => {
    const again = TestTill.tendering();
    again.tell(codeScan());
    bring(again);
    expect(again.tell(codeScan({ codeHmac: 'hmac-2' })).refusal).toBeNull();
    const back = TestTill.tendering();
    back.tell(codeScan());
    bring(back);
    expect(back.tell({ kind: 'backToGoods' }).refusal).toBeNull();
    expect(back.tell({ kind: 'saleCancelled' }).refusal).toBeNull();
  });
});

describe('giving up', () => {
  test('is too early before the answer had its chance', () => {
    const till = TestTill.tendering();
    till.tell(codeScan());
    const event = { kind: 'gaveUp', attemptId: till.newest().attemptId } as const;
    till.later(gatewayPolicy.giveUpFrom_ms - 1);
    expect(till.tell(event).refusal).toBe('E-PAY-14');
    expect(effects(till.later(1), event)).toContain('reverse');
    expect(till.tell(event).refusal).toBe('E-PAY-11');
  });

  test('is nothing for a proven or a queued payment', () => {
    const till = TestTill.tendering();
    till.tell(codeScan());
    till.pay(answers.notSent);
    expect(till.newest().machine.state.kind).toBe('queued');
    expect(till.tell({ kind: 'gaveUp', attemptId: till.newest().attemptId }).refusal).toBe('E-SALE-02');
  });
});

describe('a sale', () => {
  test('completes when it is covered, with one receipt and one print', () => {
    const till = TestTill.tendering();
    till.tell(codeScan());
    const result = till.pay(answers.approved);
    expect(result.effects.map((effect) => effect.kind)).toEqual(['eraseCode', 'print']);
    expect(till.sale()).toMatchObject({ state: 'completed', receiptNumber: '00000001' });
    expect(till.pay(answers.approved).effects).toEqual([]);
  });

  test('does not complete on a late approval of a payment that is being reversed', () => {
    const till = TestTill.tendering();
    till.tell(codeScan());
    till.later(6000).pay({ kind: 'gaveUp' });
    till.pay(answers.approved);
    expect(till.sale().state).toBe('tendering');
    till.pay(answers.acknowledged);
    expect(till.sale().state).toBe('tendering');
  });

  test('waits for the first payment that comes back to life before the second completes it', () => {
    const till = TestTill.tendering();
    till.tell(codeScan());
    const first = till.newest().attemptId;
    till.pay(answers.declined);
    till.tell(codeScan({ codeHmac: 'hmac-2' }));
    till.pay(answers.approved, first);
    till.pay(answers.approved);
    expect(till.sale().state).toBe('tendering');
    till.pay({ kind: 'processing' }, first);
    till.pay(answers.acknowledged, first);
    expect(till.sale().state).toBe('completed');
    expect(till.state.attempts[first]?.machine.state.kind).toBe('reversed');
  });

  test('receipt numbers have no gap and no repeat', () => {
    const till = TestTill.ready();
    for (let count = 1; count <= 30; count += 1) {
      till.tell({ kind: 'goodsEntered', goods: goods(100) });
      till.tell({ kind: 'tenderStarted' });
      till.tell(codeScan({ codeHmac: `no ${count}` }));
      till.pay(answers.declined);
      till.tell(codeScan({ codeHmac: `yes ${count}` }));
      till.pay(answers.approved);
      expect(till.sale().receiptNumber).toBe(String(count).padStart(8, '0'));
    }
  });

  test('with money on it can not be dropped', () => {
    const till = TestTill.tendering();
    till.tell(codeScan());
    till.pay(answers.approved);
    expect(till.tell({ kind: 'saleCancelled' }).refusal).toBe('E-SALE-02');
    expect(till.tell({ kind: 'backToGoods' }).refusal).toBe('E-SALE-02');
  });
});

describe('a restart', () => {
  test('with the authorization sent asks the acquirer, without it says not sent', () => {
    for (const wasSent of [true, false]) {
      const till = TestTill.tendering();
      till.tell(codeScan());
      const sentIds = wasSent ? [till.newest().attemptId] : [];
      till.tell({ kind: 'coreStarted', version: '1', runtime: 'node', sentIds, sentDrawerIds: [] });
      expect(till.newest().machine.state.kind).toBe(wasSent ? 'inquiring' : 'notSent');
    }
  });
});

test('a configuration refusal raises the alarm of the route, the next approval ends it', () => {
  const till = TestTill.tendering();
  till.tell(codeScan());
  till.pay({ kind: 'declined', code: 'MERCHANT_INVALID', reason: 'configuration' });
  expect(till.state.routes['gateway']?.alarm).toBe('MERCHANT_INVALID');
  till.tell(codeScan({ codeHmac: 'hmac-2' }));
  till.pay(answers.approved);
  expect(till.state.routes['gateway']?.alarm).toBeNull();
});
