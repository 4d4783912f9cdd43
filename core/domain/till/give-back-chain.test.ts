// Give-backs of the same money, one in the place of another: late words about one of them stop the others, or make a person look first.
import { describe, expect, test } from 'vitest';
import {
  backAnswers,
  backAt,
  backCounts_fen,
  backs,
  retryBack,
  returning,
  type SaidOfBack,
  settleBack,
  signedFor,
  tellBack,
} from '../../../test/sim/back-kit.ts';
import { answers, codeScan, goods, TestTill } from '../../../test/sim/till-kit.ts';
import { type GiveBack, isOwed, isPerhapsBack } from '../giveback/give-back.ts';
import type { GiveBackEvent } from '../giveback/machine.ts';

const { done, refused, lost, notSent } = backAnswers;
const timer = { kind: 'timer' } as const;
const notFound = { kind: 'notFound' } as const;

const officeSaysNot: SaidOfBack = { isConfirmed: true, isNotBack: true };
const billShows: SaidOfBack = { isReturnedThere: true };
const kinds = (till: TestTill) => backs(till).map((one) => one.machine.state.kind);

const slips = (till: TestTill) =>
  till.records.flatMap(({ type }) => (type.endsWith('slipAsked') ? [type] : []));

/** The first was called not back by the office, the second was sent in its place. */
function second(method: GiveBack['method']): TestTill {
  const till = returning(method === 'void' ? 2 : 1, lost);
  settleBack(till, officeSaysNot, 0);
  if (method === 'refund') retryBack(till, 0);
  expect(kinds(till)).toEqual(['failed', 'sending']);
  return till;
}

describe.each(['refund', 'void'] as const)('the first (a %s) is back after all', (method) => {
  const amount_fen = method === 'void' ? 1000 : 500;

  test.each<[string, GiveBackEvent[], GiveBackEvent]>([
    ['was lost, and the acquirer knows of none', [lost, timer], notFound],
    ['provably did not leave', [], notSent],
    ['was not sent before a restart', [], { kind: 'restarted', sent: false }],
  ])('and the second, which %s, never goes again', (_, before, event) => {
    const till = second(method);
    for (const one of before) tellBack(till, one, 1);
    settleBack(till, billShows, 0);
    const { effects } = tellBack(till, event, 1);
    expect(effects.filter(({ kind }) => kind === 'giveBack')).toEqual([]);
    expect(backAt(till, 1)).toMatchObject({
      machine: { state: { kind: 'failed', code: 'BACK_ALREADY' }, due: null },
      isMoot: true,
    });
    expect(backCounts_fen(till)).toEqual([amount_fen, 0]);
    expect(backs(till).filter(isOwed)).toEqual([]);
  });

  test('and the second is still asked about, until something is proven', () => {
    const till = second(method);
    tellBack(till, lost, 1);
    settleBack(till, billShows, 0);
    expect(tellBack(till, timer, 1).effects).toContainEqual(expect.objectContaining({ kind: 'askGiveBack' }));
    tellBack(till, { kind: 'inquiryFailed', cause: 'ECONNRESET' }, 1);
    expect(backAt(till, 1).machine.state.kind).toBe('unknown');
    tellBack(till, done, 1);
    expect(backAt(till, 1).isLoss).toBe(true);
  });

  test('and then the wire denies it: what was stopped is owed again, and may be back', () => {
    const till = returning(method === 'void' ? 2 : 1, lost);
    tellBack(till, timer, 0);
    till.line(false);
    settleBack(till, officeSaysNot, 0);
    if (method === 'refund') retryBack(till, 0);
    settleBack(till, billShows, 0);
    expect(kinds(till)).toEqual(['done', 'failed']);
    const { effects } = tellBack(till, refused, 0);
    expect(effects.filter(({ kind }) => kind === 'giveBack')).toEqual([]);
    expect(backs(till).filter(isOwed)).toHaveLength(1);
    expect(isOwed(backAt(till, 1)) && isPerhapsBack(backAt(till, 1))).toBe(true);
    expect(backCounts_fen(till)).toEqual([0, amount_fen]);
    expect(retryBack(till, 1).refusal).toBe('E-REF-06');
    const checked = {
      kind: 'giveBackChecked',
      giveBackId: backAt(till, 1).giveBackId,
      ...signedFor,
    } as const;
    expect(till.tell(checked).refusal).toBeNull();
    expect(backCounts_fen(till)).toEqual([amount_fen, 0]);
  });

  test.each<[string, GiveBackEvent[], GiveBackEvent]>([
    ['is refused', [], refused],
    ['is unknown to the acquirer', [timer], notFound],
  ])(
    'and then the wire denies it: the second, sent before, %s: nothing more goes before a person looked',
    (_, before, event) => {
      const till = second(method);
      tellBack(till, lost, 1);
      settleBack(till, billShows, 0);
      tellBack(till, refused, 0);
      expect(backAt(till, 1).machine.state.kind).toBe('unknown');
      for (const one of before) tellBack(till, one, 1);
      expect(tellBack(till, event, 1).effects.filter(({ kind }) => kind === 'giveBack')).toEqual([]);
      expect(isOwed(backAt(till, 1)) && isPerhapsBack(backAt(till, 1))).toBe(true);
      expect(retryBack(till, 1).refusal).toBe('E-REF-06');
    },
  );
});

test('a doubt is told once, and makes no paper of its own', () => {
  const till = returning(1, lost);
  tellBack(till, timer, 0);
  till.line(false);
  settleBack(till, officeSaysNot, 0);
  retryBack(till, 0);
  settleBack(till, billShows, 0);
  const before = slips(till).length;
  tellBack(till, refused, 0);
  const moved = till.records.filter(({ type }) => type === 'giveBack.moved').slice(-2);
  expect(moved.map(({ body }) => 'event' in body && body.event)).toEqual(['refused', 'doubted']);
  // One paper: of what the wire denied.
  expect(slips(till).length - before).toBe(1);
});

test('the one slip of a return is asked for when the last of its give-backs has its word, whatever became of that', () => {
  const till = TestTill.ready();
  for (const barcode of ['A', 'A']) till.tell({ kind: 'goodsEntered', goods: goods(500, barcode) });
  till.tell({ kind: 'tenderStarted' });
  for (const codeHmac of ['hmac-1', 'hmac-2']) {
    if (codeHmac === 'hmac-1') till.tell({ kind: 'walletPartSet', amount_fen: 500 });
    till.tell(codeScan({ codeHmac }));
    till.pay(answers.approved);
  }
  const { saleId, lines } = till.sale();
  const asked = [{ lineId: lines[0]?.lineId ?? '', quantity: 2 }];
  // The next day: refunds.
  till.now_ms = Date.parse('2026-11-30T12:00:00Z');
  till.tell({ kind: 'returnOpened', saleId, lines: asked, operatorId: '1', approverId: '9', reason: '坏了' });
  tellBack(till, refused, 0);
  retryBack(till, 0);
  tellBack(till, done, 1);
  tellBack(till, done, 0);
  expect(slips(till)).toEqual([]);
  tellBack(till, refused, 2);
  expect(backAt(till, 2).isMoot).toBe(true);
  expect(slips(till)).toEqual(['return.slipAsked']);
});

test('the largest amounts may go back twice: the till counts both, and goes on', () => {
  const till = TestTill.ready();
  for (let piece = 0; piece < 2; piece += 1) till.tell({ kind: 'goodsEntered', goods: goods(300_000_000) });
  till.tell({ kind: 'tenderStarted' });
  till.tell(codeScan());
  till.pay(answers.approved);
  const { saleId, lines } = till.sale();
  const whole = [{ lineId: lines[0]?.lineId ?? '', quantity: 2 }];
  till.tell({ kind: 'returnOpened', saleId, lines: whole, ...signedFor });
  tellBack(till, refused, 0);
  tellBack(till, done, 1);
  tellBack(till, done, 0);
  expect(backCounts_fen(till)).toEqual([1_200_000_000, 0]);
  expect(backAt(till, 0).isLoss).toBe(true);
});
