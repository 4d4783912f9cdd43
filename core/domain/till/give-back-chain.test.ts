// Give-backs of the same money, one in the place of another: late words about one of them stop the others, or make a person look first.
import { describe, expect, test } from 'vitest';
import { answers, codeScan, goods, TestTill } from '../../../test/sim/till-kit.ts';
import { type GiveBack, isOwed, isPerhapsBack } from '../giveback/give-back.ts';
import type { GiveBackEvent } from '../giveback/machine.ts';

const decided = { operatorId: '1', approverId: '9', reason: '收单方确认' };
const done = { kind: 'done', result: 'REFUNDED', reference: 'F1' } as const;
const refused = { kind: 'refused', code: 'NOT_ENOUGH' } as const;
const lost = { kind: 'noAnswer', cause: 'ECONNRESET' } as const;
const timer = { kind: 'timer' } as const;
const notFound = { kind: 'notFound' } as const;
const notSent = { kind: 'notSent', cause: 'ECONNREFUSED' } as const;

/** Ten yuan paid by a wallet in two pieces; the first of them, or both, on their way back. */
function givingBack(method: GiveBack['method'], ...events: GiveBackEvent[]): TestTill {
  const till = TestTill.ready();
  for (const barcode of ['A', 'A']) till.tell({ kind: 'goodsEntered', goods: goods(500, barcode) });
  till.tell({ kind: 'tenderStarted' });
  till.tell(codeScan());
  till.pay(answers.approved);
  const { saleId, lines } = till.sale();
  const asked = [{ lineId: lines[0]?.lineId ?? '', quantity: method === 'void' ? 2 : 1 }];
  till.tell({ kind: 'returnOpened', saleId, lines: asked, operatorId: '1', approverId: '9', reason: '坏了' });
  expect(at(till, 0).method).toBe(method);
  for (const event of events) answer(till, 0, event);
  return till;
}

const backs = (till: TestTill) => Object.values(till.state.giveBacks);

function at(till: TestTill, index: number): GiveBack {
  const one = backs(till)[index];
  if (one === undefined) throw new Error('no give-back');
  return one;
}

const answer = (till: TestTill, index: number, event: GiveBackEvent) =>
  till.tell({ kind: 'giveBack', giveBackId: at(till, index).giveBackId, event });
const retry = (till: TestTill, index: number) =>
  till.tell({ kind: 'giveBackRetried', giveBackId: at(till, index).giveBackId, ...decided });

type Said = { isReturnedThere?: boolean; isConfirmed?: boolean; isNotBack?: boolean };

function settle(till: TestTill, index: number, said: Said) {
  const { orderNumber, requestNumber: refundNumber } = at(till, index);
  const row = { reconciliationId: 'B1', index: 0, class: 'stillPending', effect_fen: 0 };
  return till.tell({
    kind: 'findingSettled',
    finding: { ...row, orderNumber, refundNumber },
    ...said,
    ...decided,
  });
}

const officeSaysNot: Said = { isConfirmed: true, isNotBack: true };
const billShows: Said = { isReturnedThere: true };
const kinds = (till: TestTill) => backs(till).map((one) => one.machine.state.kind);
const counts = (till: TestTill) => [till.newest().givenBack_fen, till.newest().givingBack_fen];

const slips = (till: TestTill) =>
  till.records.flatMap(({ type }) => (type.endsWith('slipAsked') ? [type] : []));

/** The first was called not back by the office, the second was sent in its place. */
function second(method: GiveBack['method']): TestTill {
  const till = givingBack(method, lost);
  settle(till, 0, officeSaysNot);
  if (method === 'refund') retry(till, 0);
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
    for (const one of before) answer(till, 1, one);
    settle(till, 0, billShows);
    const { effects } = answer(till, 1, event);
    expect(effects.filter(({ kind }) => kind === 'giveBack')).toEqual([]);
    expect(at(till, 1)).toMatchObject({
      machine: { state: { kind: 'failed', code: 'BACK_ALREADY' }, due: null },
      isMoot: true,
    });
    expect(counts(till)).toEqual([amount_fen, 0]);
    expect(backs(till).filter(isOwed)).toEqual([]);
  });

  test('and the second is still asked about, until something is proven', () => {
    const till = second(method);
    answer(till, 1, lost);
    settle(till, 0, billShows);
    expect(answer(till, 1, timer).effects).toContainEqual(expect.objectContaining({ kind: 'askGiveBack' }));
    answer(till, 1, { kind: 'inquiryFailed', cause: 'ECONNRESET' });
    expect(at(till, 1).machine.state.kind).toBe('unknown');
    answer(till, 1, done);
    expect(at(till, 1).isLoss).toBe(true);
  });

  test('and then the wire denies it: what was stopped is owed again, and may be back', () => {
    const till = givingBack(method, lost);
    answer(till, 0, timer);
    till.line(false);
    settle(till, 0, officeSaysNot);
    if (method === 'refund') retry(till, 0);
    settle(till, 0, billShows);
    expect(kinds(till)).toEqual(['done', 'failed']);
    const { effects } = answer(till, 0, refused);
    expect(effects.filter(({ kind }) => kind === 'giveBack')).toEqual([]);
    expect(backs(till).filter(isOwed)).toHaveLength(1);
    expect(isOwed(at(till, 1)) && isPerhapsBack(at(till, 1))).toBe(true);
    expect(counts(till)).toEqual([0, amount_fen]);
    expect(retry(till, 1).refusal).toBe('E-REF-06');
    const checked = { kind: 'giveBackChecked', giveBackId: at(till, 1).giveBackId, ...decided } as const;
    expect(till.tell(checked).refusal).toBeNull();
    expect(counts(till)).toEqual([amount_fen, 0]);
  });

  test.each<[string, GiveBackEvent[], GiveBackEvent]>([
    ['is refused', [], refused],
    ['is unknown to the acquirer', [timer], notFound],
  ])(
    'and then the wire denies it: the second, sent before, %s: nothing more goes before a person looked',
    (_, before, event) => {
      const till = second(method);
      answer(till, 1, lost);
      settle(till, 0, billShows);
      answer(till, 0, refused);
      expect(at(till, 1).machine.state.kind).toBe('unknown');
      for (const one of before) answer(till, 1, one);
      expect(answer(till, 1, event).effects.filter(({ kind }) => kind === 'giveBack')).toEqual([]);
      expect(isOwed(at(till, 1)) && isPerhapsBack(at(till, 1))).toBe(true);
      expect(retry(till, 1).refusal).toBe('E-REF-06');
    },
  );
});

test('a doubt is told once, and makes no paper of its own', () => {
  const till = givingBack('refund', lost);
  answer(till, 0, timer);
  till.line(false);
  settle(till, 0, officeSaysNot);
  retry(till, 0);
  settle(till, 0, billShows);
  const before = slips(till).length;
  answer(till, 0, refused);
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
  answer(till, 0, refused);
  retry(till, 0);
  answer(till, 1, done);
  answer(till, 0, done);
  expect(slips(till)).toEqual([]);
  answer(till, 2, refused);
  expect(at(till, 2).isMoot).toBe(true);
  expect(slips(till)).toEqual(['return.slipAsked']);
});
