// Money that somebody found with the customer after the wire had refused it, and that went back by another one of the same chain: once.
import { expect, test } from 'vitest';
import {
  backAnswers,
  backAt,
  backCounts_fen,
  backs,
  checkBack,
  retryBack,
  returning,
  settleBack,
  tellBack,
} from '../../../test/sim/back-kit.ts';
import type { TestTill } from '../../../test/sim/till-kit.ts';
import { isOpenGiveBack, isOwed, isPerhapsBack } from '../giveback/give-back.ts';

const { done, lost, refused } = backAnswers;
const perhaps = { kind: 'refused', code: 'ORDER_NOT_PAID', perhapsBack: true } as const;
const methods = [
  ['refund', 1],
  ['void', 2],
] as const;

/** The first was called not back, the second was refused because it is back, and a manager has found the money with the customer. */
function found(pieces: 1 | 2): TestTill {
  const till = returning(pieces, lost);
  settleBack(till, { isConfirmed: true, isNotBack: true });
  if (pieces === 1) retryBack(till);
  tellBack(till, perhaps);
  expect(checkBack(till).refusal).toBeNull();
  return till;
}

const slips = (till: TestTill) => till.records.filter(({ type }) => type === 'giveBack.slipAsked').length;

test.each(methods)(
  'then the bill lists the first, a %s: back once, nobody owes or lost anything',
  (method, pieces) => {
    const till = found(pieces);
    const papers = slips(till);
    settleBack(till, { isReturnedThere: true }, 0);
    expect(backs(till).map(({ machine: { state } }) => state.kind)).toEqual(['done', 'failed']);
    expect(backAt(till)).toMatchObject({ isMoot: true, machine: { state: { code: 'BACK_ALREADY' } } });
    expect(backs(till).filter(isOpenGiveBack)).toEqual([]);
    expect(backCounts_fen(till)).toEqual([pieces * 500, 0]);
    const { voids, refunds } = Object.values(till.state.period.wallets)[0] ?? {};
    const once = { count: 1, amount_fen: pieces * 500 };
    const none = { count: 0, amount_fen: 0 };
    expect([voids, refunds]).toEqual(method === 'void' ? [once, none] : [none, once]);
    expect(slips(till)).toBe(papers + 1);
  },
);

test.each<[string, (till: TestTill) => void]>([
  ['the wire', (till) => void tellBack(till, done)],
  ['the bill', (till) => void settleBack(till, { isReturnedThere: true })],
])(
  '%s proves the second after all, and the first is back, too: given twice, in whatever order that is heard',
  (_, prove) => {
    const orders = [
      (till: TestTill) => (prove(till), settleBack(till, { isReturnedThere: true }, 0)),
      (till: TestTill) => (settleBack(till, { isReturnedThere: true }, 0), prove(till)),
    ];
    for (const tell of orders) {
      const till = found(1);
      const papers = slips(till);
      tell(till);
      expect(backs(till).filter(({ isLoss }) => isLoss)).toHaveLength(1);
      expect(backCounts_fen(till)).toEqual([1000, 0]);
      const { refunds } = Object.values(till.state.period.wallets)[0] ?? {};
      expect(refunds).toEqual({ count: 2, amount_fen: 1000 });
      expect(slips(till)).toBeGreaterThan(papers);
    }
  },
);

test('its own proof alone changes neither figures nor papers', () => {
  const till = found(1);
  const { period } = till.state;
  const papers = slips(till);
  tellBack(till, done);
  expect(backAt(till).machine.state).toEqual(done);
  expect(till.state.period.wallets).toEqual(period.wallets);
  expect([slips(till), backCounts_fen(till)]).toEqual([papers, [500, 0]]);
});

test('then the wire itself calls the first done', () => {
  const till = found(1);
  tellBack(till, done, 0);
  expect(backs(till).filter(isOpenGiveBack)).toEqual([]);
  expect(backCounts_fen(till)).toEqual([500, 0]);
});

test('and then the wire denies what the bill said: owed again, and a person looks first', () => {
  const till = found(1);
  settleBack(till, { isReturnedThere: true }, 0);
  tellBack(till, refused, 0);
  expect(isOwed(backAt(till)) && isPerhapsBack(backAt(till))).toBe(true);
  expect(backCounts_fen(till)).toEqual([0, 500]);
});

test('a void by the bill, denied by the wire, found with the customer and billed again is back once', () => {
  const till = returning(2, lost);
  settleBack(till, { isReturnedThere: true });
  tellBack(till, refused, 0);
  expect(checkBack(till).refusal).toBeNull();
  settleBack(till, { isReturnedThere: true }, 0);
  expect(backs(till).filter(isOpenGiveBack)).toEqual([]);
  expect(backCounts_fen(till)).toEqual([1000, 0]);
});

test('the office’s word about the second itself, and a bill about the first, are two refunds: given twice', () => {
  const till = returning(1, lost);
  settleBack(till, { isConfirmed: true, isNotBack: true });
  retryBack(till);
  tellBack(till, lost);
  settleBack(till, { isConfirmed: true });
  settleBack(till, { isReturnedThere: true }, 0);
  expect(backs(till).filter(({ isLoss }) => isLoss)).toHaveLength(1);
  expect(backCounts_fen(till)).toEqual([1000, 0]);
});

test('a void that was refused because its money may be back: the refund after it waits for a person, line or none', () => {
  for (const isUp of [true, false]) {
    const till = returning(2, lost);
    till.line(isUp);
    const { effects } = tellBack(till, perhaps);
    till.line(true);
    expect(effects.filter(({ kind }) => kind === 'giveBack')).toEqual([]);
    expect(backs(till)).toHaveLength(2);
    expect(isOwed(backAt(till)) && isPerhapsBack(backAt(till))).toBe(true);
    expect(retryBack(till).refusal).toBe('E-REF-06');
  }
});
