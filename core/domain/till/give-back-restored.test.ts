// Give-backs of a backup: what became of them in the lost time nobody here knows. They are asked about; nothing of them goes again by itself.
import { describe, expect, test } from 'vitest';
import {
  backAnswers,
  backAt,
  backCounts_fen,
  backs,
  checkBack,
  DAY_ms,
  payBackInCash,
  retryBack,
  returning,
  tellBack,
} from '../../../test/sim/back-kit.ts';
import type { TestTill } from '../../../test/sim/till-kit.ts';
import type { GiveBackEvent } from '../giveback/machine.ts';
import { isOwed, isPerhapsBack } from '../giveback/give-back.ts';
import { transition } from './transition.ts';

const { done, lost, refused, notSent } = backAnswers;
const notFound = { kind: 'notFound' } as const;

const isSent = (effects: readonly { kind: string }[]) => effects.some(({ kind }) => kind === 'giveBack');

/** The backup held one with no answer, or without having sent it, and was started. */
function restored(pieces: 1 | 2, ...events: GiveBackEvent[]): TestTill {
  const till = returning(pieces, ...events);
  till.restoreBackup();
  till.tell({ kind: 'coreStarted', version: '1', runtime: 'test', sentIds: [], sentDrawerIds: [] });
  return till;
}

/** Unknown to the acquirer, and again when nothing of the lost time can be on its way any more. */
function unknownThere(till: TestTill) {
  const begun_ms = till.now_ms;
  for (;;) {
    const told = tellBack(till, notFound);
    expect(isSent(told.effects)).toBe(false);
    const { state, due } = backAt(till).machine;
    if (state.kind !== 'unknown') {
      expect(till.now_ms - begun_ms).toBeGreaterThan(till.policy.inFlightHorizon_ms);
      return told;
    }
    till.now_ms = due?.at_ms ?? Infinity;
    tellBack(till, { kind: 'timer' });
  }
}

const confirm = (till: TestTill) =>
  till.tell({ kind: 'restoreConfirmed', operatorId: '9', reason: '已与账单核对' });
describe.each([
  ['in quarantine', () => undefined],
  ['after the manager’s word', confirm],
])('%s', (when, before) => {
  test.each<[string, GiveBackEvent[]]>([
    ['had no answer', [lost]],
    ['waited for the line', [notSent]],
  ])(
    'a refund that %s, and is unknown to the acquirer, is not sent again: a person looks first',
    (_, events) => {
      const till = restored(1, ...events);
      expect(backAt(till).machine.state.kind).toBe('inquiring');
      before(till);
      const { effects } = unknownThere(till);
      expect(isSent(effects)).toBe(false);
      expect(isOwed(backAt(till)) && isPerhapsBack(backAt(till))).toBe(true);
      expect(
        backAt(till)
          .story.slice(-2)
          .map(({ what, detail }) => [what, detail]),
      ).toEqual([
        ['notFound', undefined],
        ['refundFailed', 'LOST_TIME'],
      ]);
      expect(
        isSent(
          till.tell({
            kind: 'routeObserved',
            routeId: 'gateway',
            online: true,
            cause: null,
            layer: null,
            storeAndForward: true,
          }).effects,
        ),
      ).toBe(false);
      expect(backCounts_fen(till)).toEqual([0, 500]);
    },
  );

  test('the refund after a void that was refused is opened, and not sent', () => {
    const till = restored(2, lost);
    before(till);
    const { effects } = tellBack(till, refused);
    expect(isSent(effects)).toBe(false);
    expect(backs(till).map(({ method, machine: { state } }) => [method, state.kind])).toEqual([
      ['void', 'failed'],
      ['refund', 'failed'],
    ]);
    expect(isOwed(backAt(till)) && isPerhapsBack(backAt(till))).toBe(true);
    const cash = payBackInCash(till);
    expect(cash.refusal).toBe(when === 'in quarantine' ? 'E-RET-06' : null);
  });

  test('one that went back is found by the answer alone', () => {
    const till = restored(1, lost);
    before(till);
    tellBack(till, done);
    expect(backCounts_fen(till)).toEqual([500, 0]);
  });
});

test('once confirmed, it ends by a look elsewhere or in cash, never by another refund', () => {
  for (const end of [checkBack, payBackInCash]) {
    const till = restored(1, lost);
    unknownThere(till);
    expect(end(till).refusal).toBe('E-RET-06');
    confirm(till);
    expect(retryBack(till).refusal).toBe('E-REF-06');
    expect(end(till).refusal).toBeNull();
    expect(backCounts_fen(till)).toEqual([500, 0]);
  }
});

test('it is nobody’s to look at while a request of the lost time may be on its way: that may yet give back', () => {
  const till = restored(1, notSent);
  confirm(till);
  const begun_ms = till.now_ms;
  while (till.now_ms - begun_ms <= till.policy.inFlightHorizon_ms) {
    tellBack(till, notFound);
    const { state, due } = backAt(till).machine;
    expect(state).toMatchObject({ kind: 'unknown', restored: true });
    expect(payBackInCash(till).refusal).not.toBeNull();
    till.now_ms = due?.at_ms ?? Infinity;
    tellBack(till, { kind: 'timer' });
  }
  tellBack(till, done);
  expect(backCounts_fen(till)).toEqual([500, 0]);
});

describe('a refund that was refused', () => {
  const looksFirst = (till: TestTill) => {
    expect(isOwed(backAt(till)) && isPerhapsBack(backAt(till))).toBe(true);
    confirm(till);
    const { refusal, effects } = retryBack(till);
    expect([refusal, isSent(effects)]).toEqual(['E-REF-06', false]);
  };

  test('before the backup may have been tried again, or paid in cash, in the lost time: a person looks first', () => {
    looksFirst(restored(1, refused));
  });

  test('in the lost time, too, as its query says after the restore', () => {
    const till = restored(1, lost);
    tellBack(till, refused);
    looksFirst(till);
  });

  test('by the word of the acquirer’s office, too, which knows of no cash', () => {
    const till = restored(1, lost);
    till.later(DAY_ms);
    tellBack(till, { kind: 'officeSaysNot' });
    looksFirst(till);
  });

  test('is doubted also where its route is not configured any more: the start goes on', () => {
    const till = returning(1, refused);
    till.restoreBackup();
    const started = { version: '1', runtime: 'test', sentIds: [], sentDrawerIds: [] };
    const without = { ...till.surroundings(), routes: {} };
    const { state } = transition(till.state, { kind: 'coreStarted', ...started }, without);
    expect(Object.values(state.giveBacks).map(isPerhapsBack)).toEqual([true]);
  });

  test('after the restore can be tried again: it is of this till', () => {
    const till = restored(1, lost);
    tellBack(till, done);
    confirm(till);
    const { saleId, lines } = till.sale();
    const back = [{ lineId: lines[0]?.lineId ?? '', quantity: 1 }];
    till.tell({
      kind: 'returnOpened',
      saleId,
      lines: back,
      operatorId: '1',
      approverId: '9',
      reason: '坏了',
    });
    tellBack(till, refused);
    expect(isSent(retryBack(till).effects)).toBe(true);
  });
});

test('what is returned after the restore goes as ever, and waits for its line as ever', () => {
  const till = restored(1, lost);
  tellBack(till, done);
  confirm(till);
  const { saleId, lines } = till.sale();
  const one = [{ lineId: lines[0]?.lineId ?? '', quantity: 1 }];
  const { effects } = till.tell({
    kind: 'returnOpened',
    saleId,
    lines: one,
    operatorId: '1',
    approverId: '9',
    reason: '坏了',
  });
  expect(isSent(effects)).toBe(true);
  tellBack(till, lost);
  tellBack(till, { kind: 'timer' });
  expect(isSent(tellBack(till, notFound).effects)).toBe(true);
});

test('the slip of an outcome has a number that no slip of the lost time had', () => {
  const till = restored(1, lost);
  const slips = () =>
    till.records.flatMap((one) => (one.type === 'giveBack.slipAsked' ? [one.body.receiptId] : []));
  expect(slips()).toEqual([]);
  tellBack(till, done);
  const { giveBackId } = backAt(till);
  expect(slips()).toEqual([expect.stringMatching(new RegExp(`^${giveBackId}-002-\\d+$`))]);
});
