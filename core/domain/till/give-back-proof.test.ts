// Give-backs that end by proof beside the wire, and refunds that are tried again: once back, never twice without a person.
import { describe, expect, test } from 'vitest';
import { answers, codeScan, goods, TestTill } from '../../../test/sim/till-kit.ts';
import { type GiveBack, isOwed } from '../giveback/give-back.ts';
import type { GiveBackEvent } from '../giveback/machine.ts';
import { expectedCash_fen } from './queries.ts';

const decided = { operatorId: '1', approverId: '9', reason: '收单方确认' };
const done = { kind: 'done', result: 'REFUNDED', reference: 'F1' } as const;
const refused = { kind: 'refused', code: 'NOT_ENOUGH' } as const;
const lost = { kind: 'noAnswer', cause: 'ECONNRESET' } as const;

/** Ten yuan paid by a wallet in two pieces, and the first piece, or all, on its way back. */
function givingBack(method: GiveBack['method'], ...events: GiveBackEvent[]): TestTill {
  const till = TestTill.ready();
  for (const barcode of ['A', 'A']) till.tell({ kind: 'goodsEntered', goods: goods(500, barcode) });
  till.tell({ kind: 'tenderStarted' });
  till.tell(codeScan());
  till.pay(answers.approved);
  const { saleId, lines } = till.sale();
  const asked = [{ lineId: lines[0]?.lineId ?? '', quantity: method === 'void' ? 2 : 1 }];
  till.tell({ kind: 'returnOpened', saleId, lines: asked, operatorId: '1', approverId: '9', reason: '坏了' });
  expect(newest(till).method).toBe(method);
  for (const event of events) answer(till, event);
  return till;
}

const backs = (till: TestTill) => Object.values(till.state.giveBacks);

function newest(till: TestTill, at = -1): GiveBack {
  const one = backs(till).at(at);
  if (one === undefined) throw new Error('no give-back');
  return one;
}

function answer(till: TestTill, event: GiveBackEvent, at = -1) {
  return till.tell({ kind: 'giveBack', giveBackId: newest(till, at).giveBackId, event });
}

type Said = { isReturnedThere?: boolean; isConfirmed?: boolean; isNotBack?: boolean };

function settle(till: TestTill, said: Said, named: { orderNumber?: string; refundNumber?: string } = {}) {
  const { orderNumber, requestNumber: refundNumber } = newest(till);
  const row = { reconciliationId: 'B1', index: 0, class: 'stillPending', effect_fen: 0 };
  const finding = { ...row, orderNumber, refundNumber, ...named };
  return till.tell({ kind: 'findingSettled', finding, ...said, ...decided });
}

const retry = (till: TestTill, at = -1) =>
  till.tell({ kind: 'giveBackRetried', giveBackId: newest(till, at).giveBackId, ...decided });
const payCash = (till: TestTill, at = -1) =>
  till.tell({ kind: 'giveBackPaid', giveBackId: newest(till, at).giveBackId, ...decided });
const counts = (till: TestTill) => {
  const { givenBack_fen, givingBack_fen } = till.newest();
  return [givenBack_fen, givingBack_fen];
};

/** From a backup, with the time since then lost. */
const restoredTill = {
  epoch: 2,
  backup: { sequence: 1, hash: 'ab' },
  lost: null,
  readableTo: null,
  at_ms: 0,
};

describe('neither bill nor office', () => {
  test('is heard of a route that has left the configuration', () => {
    const till = givingBack('refund', lost);
    till.configured = [];
    expect(settle(till, { isReturnedThere: true }).refusal).toBe('E-RET-07');
    expect(settle(till, { isConfirmed: true }).refusal).toBe('E-RET-07');
  });

  test('makes a restored till give anything of the lost time: "not back" waits, "back" does not', () => {
    const till = givingBack('void', lost);
    till.tell({ kind: 'restored', ...restoredTill });
    expect(settle(till, { isConfirmed: true, isNotBack: true }).refusal).toBe('E-RET-06');
    expect(settle(till, { isConfirmed: true }).refusal).toBeNull();
  });
});

describe('the bill', () => {
  test.each(['refund', 'void'] as const)('that lists a %s ends it', (method) => {
    const till = givingBack(method, lost);
    expect(settle(till, { isReturnedThere: true }).refusal).toBeNull();
    const { machine, amount_fen, story } = newest(till);
    expect(machine).toEqual({
      state: { kind: 'done', result: 'BILL', reference: null, by: 'bill' },
      due: null,
    });
    expect(counts(till)).toEqual([amount_fen, 0]);
    expect(story.at(-1)?.what).toBe('backByBill');
  });

  test.each([
    ['of another refund', { refundNumber: 'R9' }],
    ['of another payment', { orderNumber: 'N9' }],
  ])('%s ends nothing', (_, named) => {
    const till = givingBack('refund', lost);
    settle(till, { isReturnedThere: true }, named);
    expect(newest(till).machine.state.kind).toBe('unknown');
    expect(till.records.at(-1)?.type).toBe('finding.settled');
  });

  test('that does not list it proves nothing', () => {
    const till = givingBack('refund', lost);
    settle(till, { isReturnedThere: false });
    expect(newest(till).machine.state.kind).toBe('unknown');
  });

  test('that lists one which counted as failed: nobody owes it any more', () => {
    const till = givingBack('refund', refused);
    settle(till, { isReturnedThere: true });
    expect(counts(till)).toEqual([500, 0]);
    expect(payCash(till).refusal).toBe('E-REF-04');
    expect(retry(till).refusal).toBe('E-REF-04');
  });
});

describe("the word of the acquirer's office", () => {
  test('that it is back ends it, and the journal says who signed for it and why', () => {
    const till = givingBack('refund', lost);
    settle(till, { isConfirmed: true });
    expect(newest(till).machine.state).toMatchObject({ kind: 'done', result: 'CONFIRMED', by: 'office' });
    expect(till.records.find(({ type }) => type === 'finding.settled')?.body).toMatchObject({
      adjustment: {
        ...decided,
        refundNumber: newest(till).requestNumber,
        at_ms: till.now_ms,
        confirmed: true,
      },
    });
  });

  test('that it is not back makes it a failed one, which is owed', () => {
    const till = givingBack('refund', lost);
    settle(till, { isConfirmed: true, isNotBack: true });
    expect(newest(till).machine.state).toEqual({ kind: 'failed', code: 'CONFIRMED', by: 'office' });
    expect(isOwed(newest(till))).toBe(true);
    expect(counts(till)).toEqual([0, 500]);
    expect(till.records.find(({ type }) => type === 'finding.settled')?.body).toMatchObject({
      adjustment: { confirmed: true, notBack: true },
    });
  });

  test('that a void is not back lets its refund go', () => {
    const till = givingBack('void', lost);
    settle(till, { isConfirmed: true, isNotBack: true });
    expect(backs(till).map((one) => [one.method, one.machine.state.kind])).toEqual([
      ['void', 'failed'],
      ['refund', 'sending'],
    ]);
    expect(counts(till)).toEqual([0, 1000]);
  });

  test.each<[string, GiveBackEvent[]]>([
    ['on its way', []],
    ['that was not sent', [{ kind: 'notSent', cause: 'ECONNREFUSED' }]],
    ['that is done', [done]],
    ['that has failed', [refused]],
  ])('is not heard of one %s', (_, events) => {
    for (const isNotBack of [false, true]) {
      const till = givingBack('refund', ...events);
      expect(settle(till, { isConfirmed: true, isNotBack }).refusal).toBe('E-BILL-11');
    }
  });

  test('that it is back, and the wire refuses it: owed again, and nothing goes before somebody has looked', () => {
    const till = givingBack('refund', lost);
    settle(till, { isConfirmed: true });
    answer(till, refused);
    expect(newest(till).machine.state).toEqual({ kind: 'failed', code: 'NOT_ENOUGH', perhapsBack: true });
    expect(counts(till)).toEqual([0, 500]);
    expect(retry(till).refusal).toBe('E-REF-06');
    expect(payCash(till).refusal).toBeNull();
  });

  test('that a void is back, and the wire refuses it: its refund waits for a person, nothing is sent', () => {
    const till = givingBack('void', lost);
    settle(till, { isConfirmed: true });
    const { effects } = answer(till, refused);
    expect(effects.filter(({ kind }) => kind === 'giveBack')).toEqual([]);
    expect(newest(till)).toMatchObject({ method: 'refund', machine: { state: { perhapsBack: true } } });
    expect(counts(till)).toEqual([0, 1000]);
    expect(retry(till).refusal).toBe('E-REF-06');
  });

  test('that it is not back, cash for it, and then the wire says done: a loss, until a manager has looked', () => {
    const till = givingBack('refund', lost);
    settle(till, { isConfirmed: true, isNotBack: true });
    payCash(till);
    answer(till, done);
    expect(newest(till)).toMatchObject({ isLoss: true, paidInCash: true });
    expect(counts(till)).toEqual([1000, 0]);
    const { giveBackId } = newest(till);
    const seen = { kind: 'giveBackLossSeen', giveBackId, ...decided } as const;
    expect(till.tell(seen).refusal).toBeNull();
    expect(newest(till).isLoss).toBeUndefined();
    expect(till.tell(seen).refusal).toBe('E-REF-09');
  });
});

describe('a refund that is tried again', () => {
  test('has a number of its own and takes the place of the failed one: no cash for that, the cap holds', () => {
    const till = givingBack('refund', refused);
    const { requestNumber, giveBackId } = newest(till);
    const { effects } = retry(till);
    expect(newest(till)).toMatchObject({ replaces: giveBackId, method: 'refund', amount_fen: 500 });
    expect(newest(till).requestNumber).not.toBe(requestNumber);
    expect(effects).toContainEqual({ kind: 'giveBack', giveBackId: newest(till).giveBackId, count: 1 });
    expect(counts(till)).toEqual([0, 500]);
    expect(payCash(till, 0).refusal).toBe('E-REF-04');
    expect(retry(till, 0).refusal).toBe('E-REF-04');
    expect(payCash(till).refusal).toBe('E-REF-04');
    answer(till, done);
    expect(counts(till)).toEqual([500, 0]);
    expect(till.state.shift && expectedCash_fen(till.state.shift)).toBe(20_000);
  });

  test('and fails again may be tried once more, or paid in cash, once', () => {
    const till = givingBack('refund', refused);
    for (let times = 0; times < 2; times += 1) {
      retry(till);
      answer(till, refused);
    }
    expect(payCash(till).refusal).toBeNull();
    expect(counts(till)).toEqual([500, 0]);
    expect(backs(till).filter(isOwed)).toEqual([]);
  });

  test('waits for the line like any refund', () => {
    const till = givingBack('refund', refused);
    till.line(false);
    expect(retry(till).effects.filter(({ kind }) => kind === 'giveBack')).toEqual([]);
    expect(newest(till).machine.state).toEqual({ kind: 'requested', tries: 0 });
    till.line(true);
    expect(newest(till).machine.state.kind).toBe('sending');
  });

  test('while it waits for the line the first one is done after all: it never goes, and nobody owes it', () => {
    const till = givingBack('refund', refused);
    till.line(false);
    retry(till);
    answer(till, done, 0);
    expect(newest(till)).toMatchObject({ machine: { state: { kind: 'failed' } }, isMoot: true });
    expect(counts(till)).toEqual([500, 0]);
    expect(payCash(till).refusal).toBe('E-REF-04');
    till.line(true);
    expect(newest(till).machine.state.kind).toBe('failed');
  });

  test('the first one is done after all and the second one fails: back once, nobody owes anything', () => {
    const till = givingBack('refund', refused);
    retry(till);
    answer(till, done, 0);
    expect(counts(till)).toEqual([500, 500]);
    answer(till, refused);
    expect(counts(till)).toEqual([500, 0]);
    expect(backs(till).filter((one) => isOwed(one) || one.isLoss === true)).toEqual([]);
  });

  test('both are done: back twice, and shown as a loss', () => {
    const till = givingBack('refund', refused);
    retry(till);
    answer(till, done, 0);
    answer(till, done);
    expect(newest(till).isLoss).toBe(true);
    expect(counts(till)).toEqual([1000, 0]);
  });

  test.each<[string, GiveBackEvent[], Said | null, string]>([
    ['may be back by other means', [{ ...refused, perhapsBack: true }], null, 'E-REF-06'],
    ['is open', [lost], null, 'E-REF-04'],
    ['is done', [done], null, 'E-REF-04'],
    [
      'was stuck at WeChat Pay',
      [lost, { kind: 'timer' }, { kind: 'inquiryFailed', cause: 'ABNORMAL' }],
      { isConfirmed: true, isNotBack: true },
      'E-REF-10',
    ],
  ])('not one that %s', (_, events, said, refusal) => {
    const till = givingBack('refund', ...events);
    if (said !== null) settle(till, said);
    expect(retry(till).refusal).toBe(refusal);
    expect(backs(till)).toHaveLength(1);
  });
});
