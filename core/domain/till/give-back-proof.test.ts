// Give-backs that end by proof beside the wire, and refunds that are tried again: once back, never twice without a person.
import { describe, expect, test } from 'vitest';
import {
  backAnswers,
  backAt,
  backCounts_fen,
  backs,
  DAY_ms,
  payBackInCash,
  retryBack,
  type SaidOfBack,
  returning,
  settleBack,
  signedFor,
  tellBack,
} from '../../../test/sim/back-kit.ts';
import type { TestTill } from '../../../test/sim/till-kit.ts';
import { isOwed } from '../giveback/give-back.ts';
import type { GiveBackEvent } from '../giveback/machine.ts';
import { gatewayPolicy } from '../payment/policy.ts';
import { expectedCash_fen } from './queries.ts';

const { done, refused, lost, notSent } = backAnswers;

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
    const till = returning(1, lost);
    till.configured = [];
    expect(settleBack(till, { isReturnedThere: true }).refusal).toBe('E-RET-07');
    expect(settleBack(till, { isConfirmed: true }).refusal).toBe('E-RET-07');
  });

  test('makes a restored till give anything of the lost time: "not back" waits, "back" does not', () => {
    const till = returning(2, lost);
    till.tell({ kind: 'restored', ...restoredTill });
    expect(settleBack(till, { isConfirmed: true, isNotBack: true }).refusal).toBe('E-RET-06');
    expect(settleBack(till, { isConfirmed: true }).refusal).toBeNull();
  });
});

describe('the bill', () => {
  test.each(['refund', 'void'] as const)('that lists a %s ends it', (method) => {
    const till = returning(method === 'void' ? 2 : 1, lost);
    expect(settleBack(till, { isReturnedThere: true }).refusal).toBeNull();
    const { machine, amount_fen, story } = backAt(till);
    expect(machine).toEqual({
      state: { kind: 'done', result: 'BILL', reference: null, by: 'bill' },
      due: null,
    });
    expect(backCounts_fen(till)).toEqual([amount_fen, 0]);
    expect(story.at(-1)?.what).toBe('backByBill');
  });

  test.each([
    ['of another refund', { refundNumber: 'R9' }],
    ['of another payment', { orderNumber: 'N9' }],
  ])('%s ends nothing', (_, named) => {
    const till = returning(1, lost);
    settleBack(till, { isReturnedThere: true }, -1, named);
    expect(backAt(till).machine.state.kind).toBe('unknown');
    expect(till.records.at(-1)?.type).toBe('finding.settled');
  });

  test('that does not list it proves nothing', () => {
    const till = returning(1, lost);
    settleBack(till, { isReturnedThere: false });
    expect(backAt(till).machine.state.kind).toBe('unknown');
  });

  test('that lists one which counted as failed: nobody owes it any more', () => {
    const till = returning(1, refused);
    settleBack(till, { isReturnedThere: true });
    expect(backCounts_fen(till)).toEqual([500, 0]);
    expect(payBackInCash(till).refusal).toBe('E-REF-04');
    expect(retryBack(till).refusal).toBe('E-REF-04');
  });
});

describe("the word of the acquirer's office", () => {
  test('that it is back ends it, and the journal says who signed for it and why', () => {
    const till = returning(1, lost);
    settleBack(till, { isConfirmed: true });
    expect(backAt(till).machine.state).toMatchObject({ kind: 'done', result: 'CONFIRMED', by: 'office' });
    expect(till.records.find(({ type }) => type === 'finding.settled')?.body).toMatchObject({
      adjustment: {
        ...signedFor,
        refundNumber: backAt(till).requestNumber,
        at_ms: till.now_ms,
        confirmed: true,
      },
    });
  });

  test('that it is not back makes it a failed one, which is owed', () => {
    const till = returning(1, lost);
    settleBack(till, { isConfirmed: true, isNotBack: true });
    expect(backAt(till).machine.state).toEqual({ kind: 'failed', code: 'CONFIRMED', by: 'office' });
    expect(isOwed(backAt(till))).toBe(true);
    expect(backCounts_fen(till)).toEqual([0, 500]);
    expect(till.records.find(({ type }) => type === 'finding.settled')?.body).toMatchObject({
      adjustment: { confirmed: true, notBack: true },
    });
  });

  describe('that it is not back, of one that was sent a moment ago', () => {
    const timer = { kind: 'timer' } as const;
    const notFound = { kind: 'notFound' } as const;
    const kindOf = (till: TestTill) => backAt(till).machine.state.kind;
    const isSent = (effects: readonly { kind: string }[]) => effects.some(({ kind }) => kind === 'giveBack');

    function denied(): TestTill {
      const till = returning(1, lost);
      const word = { giveBackId: backAt(till).giveBackId, event: { kind: 'officeSaysNot' } as const };
      till.later(1000).tell({ kind: 'giveBack', ...word });
      expect(kindOf(till)).toBe('unknown');
      return till;
    }

    test('is no proof: its request may arrive yet', () => {
      const till = denied();
      expect(payBackInCash(till).refusal).toBe('E-REF-04');
      expect(retryBack(till).refusal).toBe('E-REF-04');
    });

    test('ends it when the acquirer does not know it once nothing can be on its way, and nothing more is sent', () => {
      const till = denied();
      tellBack(till, timer);
      expect(isSent(tellBack(till, notFound).effects)).toBe(false);
      expect(kindOf(till)).toBe('unknown');
      const wait_ms = backAt(till).machine.due?.after_ms ?? 0;
      expect(wait_ms).toBeGreaterThan(gatewayPolicy.inFlightHorizon_ms);
      till.later(wait_ms);
      tellBack(till, timer);
      expect(isSent(tellBack(till, notFound).effects)).toBe(false);
      expect(backAt(till).machine.state).toEqual({ kind: 'failed', code: 'CONFIRMED', by: 'office' });
    });

    test('gives way to the acquirer’s own word, for a restart, a failed question and a day later', () => {
      const till = denied();
      till.tell({ kind: 'coreStarted', version: '1', runtime: 'test', sentIds: [], sentDrawerIds: [] });
      tellBack(till, { kind: 'inquiryFailed', cause: 'ECONNRESET' });
      tellBack(till, timer);
      tellBack(till, { kind: 'processing' });
      till.later(DAY_ms);
      tellBack(till, timer);
      expect(isSent(tellBack(till, notFound).effects)).toBe(false);
      expect(kindOf(till)).toBe('failed');
      tellBack(till, done);
      expect(kindOf(till)).toBe('done');
    });

    test('is kept as what was said, not as the end, and may be said again a day later', () => {
      const till = returning(1, lost);
      const { orderNumber, requestNumber: refundNumber } = backAt(till);
      const row = { reconciliationId: 'B1', index: 0, class: 'stillPending', effect_fen: 0 };
      const finding = { ...row, orderNumber, refundNumber };
      const word = {
        kind: 'findingSettled',
        finding,
        isConfirmed: true,
        isNotBack: true,
        ...signedFor,
      } as const;
      const settled = () => till.records.findLast((one) => one.type === 'finding.settled')?.body.adjustment;
      till.later(1000).tell(word);
      expect(settled()).not.toHaveProperty('confirmed');
      till.later(DAY_ms).tell(word);
      expect(settled()).toMatchObject({ confirmed: true, notBack: true });
      expect(kindOf(till)).toBe('failed');
    });

    test('counts at once where the acquirer has taken it', () => {
      const till = returning(1, { kind: 'accepted', code: 'PROCESSING' });
      till.later(10 * 60_000);
      tellBack(till, { kind: 'officeSaysNot' });
      expect(kindOf(till)).toBe('failed');
    });
  });

  test('that a void is not back lets its refund go', () => {
    const till = returning(2, lost);
    settleBack(till, { isConfirmed: true, isNotBack: true });
    expect(backs(till).map((one) => [one.method, one.machine.state.kind])).toEqual([
      ['void', 'failed'],
      ['refund', 'sending'],
    ]);
    expect(backCounts_fen(till)).toEqual([0, 1000]);
  });

  test.each<[string, GiveBackEvent[]]>([
    ['on its way', []],
    ['that was not sent', [{ kind: 'notSent', cause: 'ECONNREFUSED' }]],
    ['that is done', [done]],
    ['that has failed', [refused]],
  ])('is not heard of one %s', (_, events) => {
    for (const isNotBack of [false, true]) {
      const till = returning(1, ...events);
      expect(settleBack(till, { isConfirmed: true, isNotBack }).refusal).toBe('E-BILL-11');
    }
  });

  test('that it is back, and the wire refuses it: owed again, and nothing goes before somebody has looked', () => {
    const till = returning(1, lost);
    settleBack(till, { isConfirmed: true });
    tellBack(till, refused);
    expect(backAt(till).machine.state).toEqual({ kind: 'failed', code: 'NOT_ENOUGH', perhapsBack: true });
    expect(backCounts_fen(till)).toEqual([0, 500]);
    expect(retryBack(till).refusal).toBe('E-REF-06');
    expect(payBackInCash(till).refusal).toBeNull();
  });

  test('that a void is back, and the wire refuses it: its refund waits for a person, nothing is sent', () => {
    const till = returning(2, lost);
    settleBack(till, { isConfirmed: true });
    const { effects } = tellBack(till, refused);
    expect(effects.filter(({ kind }) => kind === 'giveBack')).toEqual([]);
    expect(backAt(till)).toMatchObject({ method: 'refund', machine: { state: { perhapsBack: true } } });
    expect(backCounts_fen(till)).toEqual([0, 1000]);
    expect(retryBack(till).refusal).toBe('E-REF-06');
  });

  test('that it is not back, cash for it, and then the wire says done: a loss, until a manager has looked', () => {
    const till = returning(1, lost);
    settleBack(till, { isConfirmed: true, isNotBack: true });
    payBackInCash(till);
    tellBack(till, done);
    expect(backAt(till)).toMatchObject({ isLoss: true, paidInCash: true });
    expect(backCounts_fen(till)).toEqual([1000, 0]);
    const { giveBackId } = backAt(till);
    const seen = { kind: 'giveBackLossSeen', giveBackId, ...signedFor } as const;
    expect(till.tell(seen).refusal).toBeNull();
    expect(backAt(till).isLoss).toBeUndefined();
    expect(till.tell(seen).refusal).toBe('E-REF-09');
  });
});

describe('a refund that is tried again where it keeps its number', () => {
  const keeping = (...events: GiveBackEvent[]) => {
    const till = returning(1);
    till.policy = { ...gatewayPolicy, refundKeepsNumber: true, refusedIsSpent: false };
    for (const event of events) tellBack(till, event);
    return till;
  };

  test('is the same one: no cash while it is on its way, its end has a slip', () => {
    const till = keeping(refused);
    const { requestNumber, giveBackId } = backAt(till);
    const { effects, records } = retryBack(till);
    expect(backs(till)).toHaveLength(1);
    expect(backAt(till)).toMatchObject({ requestNumber, machine: { state: { kind: 'sending', tries: 1 } } });
    expect(effects).toContainEqual({ kind: 'giveBack', giveBackId, count: 1 });
    expect(records.map(({ type }) => type)).toEqual(['giveBack.retried', 'giveBack.moved']);
    expect(backCounts_fen(till)).toEqual([0, 500]);
    expect(payBackInCash(till).refusal).toBe('E-REF-04');
    expect(retryBack(till).refusal).toBe('E-REF-04');
    expect(tellBack(till, done).effects).toMatchObject([{ kind: 'print', copy: 0 }]);
    expect(backCounts_fen(till)).toEqual([500, 0]);
  });

  test('refused again, it is owed as before: once more, or in cash', () => {
    const till = keeping(refused);
    retryBack(till);
    tellBack(till, refused);
    expect(backCounts_fen(till)).toEqual([0, 500]);
    retryBack(till);
    tellBack(till, refused);
    expect(payBackInCash(till).refusal).toBeNull();
    expect(backs(till)).toHaveLength(1);
    expect(backCounts_fen(till)).toEqual([500, 0]);
  });

  test('denied by its office, whose word may be wrong, it keeps its number, too', () => {
    const till = keeping(lost);
    settleBack(till, { isConfirmed: true, isNotBack: true });
    tellBack(till, { kind: 'timer' });
    tellBack(till, { kind: 'notFound' });
    expect(backAt(till).machine.state).toMatchObject({ kind: 'failed', by: 'office' });
    retryBack(till);
    expect(backs(till)).toHaveLength(1);
    expect(backAt(till).machine.state.kind).toBe('sending');
  });

  test('a number that is spent is followed by another one', () => {
    const till = keeping({ ...refused, spent: true });
    retryBack(till);
    expect(backs(till)).toHaveLength(2);
    expect(backAt(till)).toMatchObject({ replaces: backAt(till, 0).giveBackId });
  });

  test('while the line is down it waits, and goes once; lost on its way, it is asked about', () => {
    const till = keeping(refused);
    retryBack(till);
    tellBack(till, notSent);
    expect(backAt(till).machine.state).toEqual({ kind: 'requested', tries: 0 });
    tellBack(till, { kind: 'lineUp' });
    tellBack(till, lost);
    expect(tellBack(till, { kind: 'timer' }).effects).toMatchObject([{ kind: 'askGiveBack' }]);
    expect(payBackInCash(till).refusal).toBe('E-REF-04');
  });

  test('what is perhaps back by other means never goes again', () => {
    const till = keeping({ ...refused, perhapsBack: true });
    expect(retryBack(till).refusal).toBe('E-REF-06');
  });
});

describe('a refund that is tried again', () => {
  test('has a number of its own and takes the place of the failed one: no cash for that, the cap holds', () => {
    const till = returning(1, refused);
    const { requestNumber, giveBackId } = backAt(till);
    const { effects } = retryBack(till);
    expect(backAt(till)).toMatchObject({ replaces: giveBackId, method: 'refund', amount_fen: 500 });
    expect(backAt(till).requestNumber).not.toBe(requestNumber);
    expect(effects).toContainEqual({ kind: 'giveBack', giveBackId: backAt(till).giveBackId, count: 1 });
    expect(backCounts_fen(till)).toEqual([0, 500]);
    expect(payBackInCash(till, 0).refusal).toBe('E-REF-04');
    expect(retryBack(till, 0).refusal).toBe('E-REF-04');
    expect(payBackInCash(till).refusal).toBe('E-REF-04');
    tellBack(till, done);
    expect(backCounts_fen(till)).toEqual([500, 0]);
    expect(till.state.shift && expectedCash_fen(till.state.shift)).toBe(20_000);
  });

  test('and fails again may be tried once more, or paid in cash, once', () => {
    const till = returning(1, refused);
    for (let times = 0; times < 2; times += 1) {
      retryBack(till);
      tellBack(till, refused);
    }
    expect(payBackInCash(till).refusal).toBeNull();
    expect(backCounts_fen(till)).toEqual([500, 0]);
    expect(backs(till).filter(isOwed)).toEqual([]);
  });

  test('waits for the line like any refund', () => {
    const till = returning(1, refused);
    till.line(false);
    expect(retryBack(till).effects.filter(({ kind }) => kind === 'giveBack')).toEqual([]);
    expect(backAt(till).machine.state).toEqual({ kind: 'requested', tries: 0 });
    till.line(true);
    expect(backAt(till).machine.state.kind).toBe('sending');
  });

  test('while it waits for the line the first one is done after all: it never goes, and nobody owes it', () => {
    const till = returning(1, refused);
    till.line(false);
    retryBack(till);
    tellBack(till, done, 0);
    expect(backAt(till)).toMatchObject({ machine: { state: { kind: 'failed' } }, isMoot: true });
    expect(backCounts_fen(till)).toEqual([500, 0]);
    expect(payBackInCash(till).refusal).toBe('E-REF-04');
    till.line(true);
    expect(backAt(till).machine.state.kind).toBe('failed');
  });

  test('the first one is done after all and the second one fails: back once, nobody owes anything', () => {
    const till = returning(1, refused);
    retryBack(till);
    tellBack(till, done, 0);
    expect(backCounts_fen(till)).toEqual([500, 500]);
    tellBack(till, refused);
    expect(backCounts_fen(till)).toEqual([500, 0]);
    expect(backs(till).filter((one) => isOwed(one) || one.isLoss === true)).toEqual([]);
  });

  test('both are done: back twice, and shown as a loss', () => {
    const till = returning(1, refused);
    retryBack(till);
    tellBack(till, done, 0);
    tellBack(till, done);
    expect(backAt(till).isLoss).toBe(true);
    expect(backCounts_fen(till)).toEqual([1000, 0]);
  });

  test.each<[string, GiveBackEvent[], SaidOfBack | null, string]>([
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
    const till = returning(1, ...events);
    if (said !== null) settleBack(till, said);
    expect(retryBack(till).refusal).toBe(refusal);
    expect(backs(till)).toHaveLength(1);
  });
});
