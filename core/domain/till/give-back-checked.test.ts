// A refund that was refused, perhaps because the money was back already: a manager has looked, and the customer has it. That ends it.
import { describe, expect, test } from 'vitest';
import { header } from '../../../test/core/paper-header.ts';
import { answers, codeScan, goods, TestTill } from '../../../test/sim/till-kit.ts';
import { evidenceOf } from '../evidence/evidence.ts';
import { type GiveBack, isOpenGiveBack } from '../giveback/give-back.ts';
import type { GiveBackEvent } from '../giveback/machine.ts';
import { buildGiveBackSlip } from '../receipt/slips.ts';
import { expectedCash_fen } from './queries.ts';

const decided = { operatorId: '1', approverId: '9', reason: '已在商户平台核实：顾客已收到' };
const done = { kind: 'done', result: 'REFUNDED', reference: 'F1' } as const;
const plain = { kind: 'refused', code: 'NOT_ENOUGH' } as const;
const perhaps = { kind: 'refused', code: 'ORDER_NOT_PAID', perhapsBack: true } as const;
const lost = { kind: 'noAnswer', cause: 'ECONNRESET' } as const;

/** Ten yuan paid by a wallet in two pieces, and one of them, or both, on their way back. */
function givingBack(pieces: 1 | 2, ...events: GiveBackEvent[]): TestTill {
  const till = TestTill.ready();
  for (const barcode of ['A', 'A']) till.tell({ kind: 'goodsEntered', goods: goods(500, barcode) });
  till.tell({ kind: 'tenderStarted' });
  till.tell(codeScan());
  till.pay(answers.approved);
  const { saleId, lines } = till.sale();
  const back = [{ lineId: lines[0]?.lineId ?? '', quantity: pieces }];
  till.tell({ kind: 'returnOpened', saleId, lines: back, operatorId: '1', approverId: '9', reason: '坏了' });
  for (const event of events) answer(till, event);
  return till;
}

const backs = (till: TestTill) => Object.values(till.state.giveBacks);

function newest(till: TestTill): GiveBack {
  const one = backs(till).at(-1);
  if (one === undefined) throw new Error('no give-back');
  return one;
}

const answer = (till: TestTill, event: GiveBackEvent) =>
  till.tell({ kind: 'giveBack', giveBackId: newest(till).giveBackId, event });
const check = (till: TestTill, giveBackId = newest(till).giveBackId) =>
  till.tell({ kind: 'giveBackChecked', giveBackId, ...decided });
const payCash = (till: TestTill) =>
  till.tell({ kind: 'giveBackPaid', giveBackId: newest(till).giveBackId, ...decided });
const retry = (till: TestTill) =>
  till.tell({ kind: 'giveBackRetried', giveBackId: newest(till).giveBackId, ...decided });

function officeSaysBack(till: TestTill): void {
  const { orderNumber, requestNumber: refundNumber } = newest(till);
  const row = { reconciliationId: 'B1', index: 0, class: 'stillPending', effect_fen: 0 };
  const finding = { ...row, orderNumber, refundNumber };
  till.tell({ kind: 'findingSettled', finding, isConfirmed: true, ...decided });
}

const counts = (till: TestTill) => {
  const { givenBack_fen, givingBack_fen } = till.newest();
  return [givenBack_fen, givingBack_fen];
};

describe('found with the customer', () => {
  test('it is over: back once, nothing owed, and neither cash nor another refund for it', () => {
    const till = givingBack(1, perhaps);
    expect(counts(till)).toEqual([0, 500]);
    const { refusal, effects } = check(till);
    expect(refusal).toBeNull();
    expect(effects.filter(({ kind }) => kind !== 'print')).toEqual([]);
    expect(newest(till).machine).toEqual({
      state: { kind: 'done', result: 'CONFIRMED', reference: null, by: 'office' },
      due: null,
    });
    expect(counts(till)).toEqual([500, 0]);
    expect(backs(till).filter(isOpenGiveBack)).toEqual([]);
    for (const more of [check, payCash, retry]) expect(more(till).refusal).toBe('E-REF-04');
    expect(backs(till)).toHaveLength(1);
    expect(till.state.shift && expectedCash_fen(till.state.shift)).toBe(20_000);
  });

  test('the journal says who signed for it, and why, before it calls it back', () => {
    const till = givingBack(1, perhaps);
    const { giveBackId } = newest(till);
    const { records } = check(till);
    expect(records.slice(0, 2)).toMatchObject([
      { type: 'giveBack.checked', body: { giveBackId, amount_fen: 500, ...decided, at_ms: till.now_ms } },
      { type: 'giveBack.moved', body: { giveBackId, event: 'officeSaysBack' } },
    ]);
    expect(newest(till).story.at(-1)?.what).toBe('backByOffice');
  });

  test('slip and evidence call it refunded, and name whose word that is', () => {
    const till = givingBack(1, perhaps);
    const { records } = check(till);
    const asked = records.find(({ type }) => type === 'giveBack.slipAsked');
    expect(asked?.body).toMatchObject({ giveBackId: newest(till).giveBackId });
    const slip = JSON.stringify(buildGiveBackSlip(header, newest(till), 'G1-1').blocks);
    expect(slip).toContain('已退款');
    expect(slip).toContain('收单方确认');
    expect(evidenceOf(till.state, till.newest())).toMatchObject({
      giveBacks: [{ result: 'done', by: 'office', amount_fen: 500, reference: null }],
    });
  });

  test('the refund after a void that the wire denied ends so too, and nothing was sent', () => {
    const till = givingBack(2, lost);
    officeSaysBack(till);
    answer(till, plain);
    expect(newest(till)).toMatchObject({ method: 'refund', machine: { state: { perhapsBack: true } } });
    const [denied] = backs(till);
    expect(check(till, denied?.giveBackId).refusal).toBe('E-REF-04');
    expect(check(till).effects.filter(({ kind }) => kind === 'giveBack')).toEqual([]);
    expect(counts(till)).toEqual([1000, 0]);
    expect(backs(till).filter(isOpenGiveBack)).toEqual([]);
  });

  test('the wire repeats its refusal: that contradicts nothing', () => {
    const till = givingBack(1, perhaps);
    check(till);
    answer(till, perhaps);
    expect(newest(till).machine.state.kind).toBe('done');
    expect(counts(till)).toEqual([500, 0]);
  });

  test('the wire refuses it for a reason of its own: a person must look again', () => {
    const till = givingBack(1, perhaps);
    check(till);
    answer(till, plain);
    expect(newest(till).machine.state).toMatchObject({ kind: 'failed', perhapsBack: true });
    expect(counts(till)).toEqual([0, 500]);
    expect(check(till).refusal).toBeNull();
    expect(counts(till)).toEqual([500, 0]);
  });
});

describe('such a word is not taken', () => {
  test.each<[string, GiveBackEvent[]]>([
    ['failed for a plain reason', [plain]],
    ['has no answer', [lost]],
    ['is on its way', []],
    ['is back', [done]],
  ])('of one that %s', (_, events) => {
    const till = givingBack(1, ...events);
    expect(check(till).refusal).toBe('E-REF-04');
  });

  test('of one that was paid in cash', () => {
    const till = givingBack(1, perhaps);
    payCash(till);
    expect(check(till).refusal).toBe('E-REF-04');
    expect(counts(till)).toEqual([500, 0]);
  });

  test('of one that was never opened', () => {
    expect(check(givingBack(1, perhaps), '__proto__').refusal).toBe('E-REF-04');
  });

  test('in the lost time of a restored till, nor for a route that is not configured', () => {
    const till = givingBack(1, perhaps);
    till.configured = [];
    expect(check(till).refusal).toBe('E-RET-07');
    till.tell({
      kind: 'restored',
      epoch: 2,
      backup: { sequence: 1, hash: 'ab' },
      lost: null,
      readableTo: null,
      at_ms: 0,
    });
    expect(check(till).refusal).toBe('E-RET-06');
  });
});
