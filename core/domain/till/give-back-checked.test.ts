// A refund that was refused, perhaps because the money was back already: a manager has looked, and the customer has it. That ends it.
import { describe, expect, test } from 'vitest';
import { header } from '../../../test/core/paper-header.ts';
import {
  backAnswers,
  backAt,
  backCounts_fen,
  backs,
  checkBack,
  payBackInCash,
  retryBack,
  returning,
  settleBack,
  signedFor,
  tellBack,
} from '../../../test/sim/back-kit.ts';
import { evidenceOf } from '../evidence/evidence.ts';
import { isOpenGiveBack } from '../giveback/give-back.ts';
import type { GiveBackEvent } from '../giveback/machine.ts';
import { buildGiveBackSlip } from '../receipt/slips.ts';
import { expectedCash_fen } from './queries.ts';

const { done, refused: plain, lost } = backAnswers;
const perhaps = { kind: 'refused', code: 'ORDER_NOT_PAID', perhapsBack: true } as const;

describe('found with the customer', () => {
  test('it is over: back once, nothing owed, and neither cash nor another refund for it', () => {
    const till = returning(1, perhaps);
    expect(backCounts_fen(till)).toEqual([0, 500]);
    const { refusal, effects } = checkBack(till);
    expect(refusal).toBeNull();
    expect(effects.filter(({ kind }) => kind !== 'print')).toEqual([]);
    expect(backAt(till).machine).toEqual({
      state: { kind: 'done', result: 'CONFIRMED', reference: null, by: 'office', elsewhere: true },
      due: null,
    });
    expect(backCounts_fen(till)).toEqual([500, 0]);
    expect(backs(till).filter(isOpenGiveBack)).toEqual([]);
    for (const more of [checkBack, payBackInCash, retryBack]) expect(more(till).refusal).toBe('E-REF-04');
    expect(backs(till)).toHaveLength(1);
    expect(till.state.shift && expectedCash_fen(till.state.shift)).toBe(20_000);
  });

  test('the journal says who signed for it, and why, before it calls it back', () => {
    const till = returning(1, perhaps);
    const { giveBackId } = backAt(till);
    const { records } = checkBack(till);
    expect(records.slice(0, 2)).toMatchObject([
      { type: 'giveBack.checked', body: { giveBackId, amount_fen: 500, ...signedFor, at_ms: till.now_ms } },
      { type: 'giveBack.moved', body: { giveBackId, event: 'officeSaysBack' } },
    ]);
    expect(backAt(till).story.at(-1)?.what).toBe('backByOffice');
  });

  test('slip and evidence call it refunded, and name whose word that is', () => {
    const till = returning(1, perhaps);
    const { records } = checkBack(till);
    const asked = records.find(({ type }) => type === 'giveBack.slipAsked');
    expect(asked?.body).toMatchObject({ giveBackId: backAt(till).giveBackId });
    const slip = JSON.stringify(buildGiveBackSlip(header, backAt(till), 'G1-1').blocks);
    expect(slip).toContain('已退款');
    expect(slip).toContain('收单方确认');
    expect(evidenceOf(till.state, till.newest())).toMatchObject({
      giveBacks: [{ result: 'done', by: 'office', amount_fen: 500, reference: null }],
    });
  });

  test('the refund after a void that the wire denied ends so too, and nothing was sent', () => {
    const till = returning(2, lost);
    settleBack(till, { isConfirmed: true });
    tellBack(till, plain);
    expect(backAt(till)).toMatchObject({ method: 'refund', machine: { state: { perhapsBack: true } } });
    expect(checkBack(till, 0).refusal).toBe('E-REF-04');
    expect(checkBack(till).effects.filter(({ kind }) => kind === 'giveBack')).toEqual([]);
    expect(backCounts_fen(till)).toEqual([1000, 0]);
    expect(backs(till).filter(isOpenGiveBack)).toEqual([]);
  });

  test('the wire repeats its refusal: that contradicts nothing', () => {
    const till = returning(1, perhaps);
    checkBack(till);
    tellBack(till, perhaps);
    expect(backAt(till).machine.state.kind).toBe('done');
    expect(backCounts_fen(till)).toEqual([500, 0]);
  });

  test('the wire refuses it for a reason of its own: a person must look again', () => {
    const till = returning(1, perhaps);
    checkBack(till);
    tellBack(till, plain);
    expect(backAt(till).machine.state).toMatchObject({ kind: 'failed', perhapsBack: true });
    expect(backCounts_fen(till)).toEqual([0, 500]);
    expect(checkBack(till).refusal).toBeNull();
    expect(backCounts_fen(till)).toEqual([500, 0]);
  });
});

describe('such a word is not taken', () => {
  test.each<[string, GiveBackEvent[]]>([
    ['failed for a plain reason', [plain]],
    ['has no answer', [lost]],
    ['is on its way', []],
    ['is back', [done]],
  ])('of one that %s', (_, events) => {
    const till = returning(1, ...events);
    expect(checkBack(till).refusal).toBe('E-REF-04');
  });

  test('of one that was paid in cash', () => {
    const till = returning(1, perhaps);
    payBackInCash(till);
    expect(checkBack(till).refusal).toBe('E-REF-04');
    expect(backCounts_fen(till)).toEqual([500, 0]);
  });

  test('of one that was never opened', () => {
    expect(
      returning(1, perhaps).tell({ kind: 'giveBackChecked', giveBackId: '__proto__', ...signedFor }).refusal,
    ).toBe('E-REF-04');
  });

  test('in the lost time of a restored till, nor for a route that is not configured', () => {
    const till = returning(1, perhaps);
    till.configured = [];
    expect(checkBack(till).refusal).toBe('E-RET-07');
    till.tell({
      kind: 'restored',
      epoch: 2,
      backup: { sequence: 1, hash: 'ab' },
      lost: null,
      readableTo: null,
      at_ms: 0,
    });
    expect(checkBack(till).refusal).toBe('E-RET-06');
  });
});
