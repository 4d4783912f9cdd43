// Cash: all that is due, change, 抹零, and the one-way door for a wallet payment whose place it takes.
import { describe, expect, test } from 'vitest';
import { answers, codeScan, TestTill } from '../../../test/sim/till-kit.ts';
import { due_fen, expectedCash_fen } from './queries.ts';

const cash = (received_fen: number, roundDown = false) =>
  ({ kind: 'cashTaken', received_fen, roundDown }) as const;

const drawn = (till: TestTill) => (till.state.shift === null ? null : expectedCash_fen(till.state.shift));

describe('cash alone', () => {
  test.each([
    [1500, 0],
    [1501, 1],
    [2000, 500],
    [101_500, 100_000],
  ])('%d fen for 15.00: change %d, one receipt, one pulse', (received_fen, change_fen) => {
    const till = TestTill.tendering(1500);
    const { effects, refusal } = till.tell(cash(received_fen));
    expect(refusal).toBeNull();
    expect(effects.map((effect) => effect.kind)).toEqual(['openDrawer', 'print']);
    expect(till.sale()).toMatchObject({
      state: 'completed',
      cash: { received_fen, amount_fen: 1500, rounding_fen: 0, change_fen },
    });
    expect(drawn(till)).toBe(20_000 + 1500);
  });

  test.each([
    [1499, 'E-CASH-01'],
    [0, 'E-CASH-01'],
    [101_501, 'E-CASH-02'],
    [6_901_234_567_892, 'E-CASH-02'],
  ])('%d fen for 15.00 are refused: %s', (received_fen, code) => {
    const till = TestTill.tendering(1500);
    expect(till.tell(cash(received_fen)).refusal).toBe(code);
    expect(till.sale().state).toBe('tendering');
  });

  test('needs a shift, and a sale in the tender step', () => {
    const till = TestTill.ready();
    expect(till.tell(cash(100)).refusal).toBe('E-SALE-02');
    const shiftless = TestTill.tendering();
    shiftless.state = { ...shiftless.state, shift: null };
    expect(shiftless.tell(cash(5000)).refusal).toBe('E-SALE-07');
    const paid = TestTill.tendering();
    paid.tell(cash(1500));
    expect(paid.tell(cash(1500)).refusal).toBe('E-SALE-02');
  });
});

describe('抹零', () => {
  test.each([
    [1509, 10, false, true, 9],
    [1509, 10, true, false, 9],
    [1509, 10, false, false, 0],
    [1599, 100, false, true, 99],
    [1599, 1, true, true, 0],
    [1510, 10, false, true, 0],
    // Never to nothing.
    [9, 10, false, true, 0],
    [99, 100, true, true, 0],
  ])('%d fen down to %d (always %s, asked %s): %d off', (price_fen, to_fen, always, asked, off_fen) => {
    const till = TestTill.tendering(price_fen);
    till.cash = { roundDownTo_fen: to_fen, roundDownAlways: always };
    till.tell(cash(price_fen, asked));
    expect(till.sale()).toMatchObject({
      state: 'completed',
      cash: { amount_fen: price_fen - off_fen, rounding_fen: off_fen, change_fen: off_fen },
    });
    expect(till.sale().settled[0]?.rounding_fen).toBe(off_fen);
    expect(till.state.grand.sales_fen).toBe(price_fen - off_fen);
  });

  test('off the rest that is paid in cash, beside a wallet', () => {
    const till = TestTill.tendering(1509);
    till.tell({ kind: 'walletPartSet', amount_fen: 1000 });
    till.tell(codeScan());
    till.pay(answers.approved);
    till.tell(cash(500, true));
    expect(till.sale()).toMatchObject({ state: 'completed', cash: { amount_fen: 500, rounding_fen: 9 } });
  });
});

describe('a wallet for a part, cash for the rest', () => {
  test('the part is asked of the wallet, the rest of the drawer', () => {
    const till = TestTill.tendering(1500);
    expect(till.tell({ kind: 'walletPartSet', amount_fen: 1501 }).refusal).toBe('E-CASH-03');
    till.tell({ kind: 'walletPartSet', amount_fen: 400 });
    till.tell(codeScan());
    expect(till.newest().amount_fen).toBe(400);
    till.pay(answers.approved);
    expect(till.sale()).toMatchObject({ state: 'tendering', walletPart_fen: null });
    expect(due_fen(till.state, till.sale())).toBe(1100);
    till.tell(cash(1100));
    expect(till.sale().state).toBe('completed');
    expect(drawn(till)).toBe(21_100);
  });

  test('a part that was declined is due again', () => {
    const till = TestTill.tendering(1500);
    till.tell({ kind: 'walletPartSet', amount_fen: 400 });
    till.tell(codeScan());
    till.pay(answers.declined);
    till.tell(codeScan({ codeHmac: 'hmac-2' }));
    expect(till.newest().amount_fen).toBe(1500);
  });
});

describe('cash in place of a payment in doubt', () => {
  const doubted = () => {
    const till = TestTill.tendering(1500);
    till.tell(codeScan());
    till.pay(answers.noAnswer);
    return till;
  };

  test('is too early while the answer may still come', () => {
    const till = doubted();
    expect(till.later(4999).tell(cash(1500)).refusal).toBe('E-PAY-14');
    expect(till.later(1).tell(cash(1500)).refusal).toBeNull();
  });

  test('changes nothing when the cash is not enough', () => {
    const till = doubted().later(6000);
    expect(till.tell(cash(1400)).refusal).toBe('E-CASH-01');
    expect(till.newest().machine.state.kind).toBe('unknown');
  });

  test('reverses first; the sale is complete while the reversal runs, and a late approval is given back', () => {
    const till = doubted().later(6000);
    const { effects } = till.tell(cash(1500));
    expect(effects.map((effect) => effect.kind)).toEqual(['eraseCode', 'reverse', 'openDrawer', 'print']);
    expect(till.sale().state).toBe('completed');
    expect(till.newest().machine.state.kind).toBe('reversing');
    till.pay(answers.approved);
    expect(till.newest().machine.state.kind).toBe('reversing');
    till.pay(answers.acknowledged);
    expect(till.newest().machine.state.kind).toBe('reversed');
    expect(till.sale()).toMatchObject({ state: 'completed', cash: { amount_fen: 1500 } });
    expect(till.state.giveBacks).toEqual({});
  });

  test('is taken beside a payment that is disputed', () => {
    const till = doubted().later(6000);
    till.tell({ kind: 'gaveUp', attemptId: till.newest().attemptId });
    till.pay({ kind: 'reversalRefused', cause: 'WINDOW_CLOSED' });
    till.pay({ kind: 'inquiryFailed', cause: 'TIMEOUT' });
    expect(till.newest().machine.state.kind).toBe('disputed');
    expect(till.tell(cash(1500)).refusal).toBeNull();
    expect(till.sale().state).toBe('completed');
  });
});
