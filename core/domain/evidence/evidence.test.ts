// A verdict claims what is proven and no more, for every state that a payment can be in; and what its sale still asks for.
import { describe, expect, test } from 'vitest';
import type { EvidenceVerdict } from '../../../contract/evidence.ts';
import { answers, codeScan, goods, ROUTE, TestTill } from '../../../test/sim/till-kit.ts';
import { variants } from '../../../test/sim/machine-variants.ts';
import type { PaymentStateKind } from '../payment/state.ts';
import type { Attempt } from '../till/state.ts';
import { STORY_steps } from '../till/story.ts';
import { evidenceOf } from './evidence.ts';

const evidenceIn = (till: TestTill, attempt: Attempt = till.newest()) => evidenceOf(till.state, attempt);

function scanned(): TestTill {
  const till = TestTill.tendering(1500);
  till.tell(codeScan());
  return till;
}

function paid(): TestTill {
  const till = scanned();
  till.pay(answers.approved);
  return till;
}

/** Whatever the details: one verdict for a payment on the counter, one for one whose goods have left. */
const expected: Record<PaymentStateKind, [EvidenceVerdict, EvidenceVerdict]> = {
  presenting: ['undecided', 'undecided'],
  closing: ['undecided', 'undecided'],
  closed: ['codeClosed', 'codeClosed'],
  held: ['waiting', 'waiting'],
  queued: ['deferred', 'deferred'],
  authorizing: ['undecided', 'deferred'],
  awaitingCustomer: ['undecided', 'deferred'],
  unknown: ['undecided', 'deferred'],
  inquiring: ['undecided', 'deferred'],
  approved: ['paid', 'paid'],
  declined: ['notCharged', 'notCharged'],
  notSent: ['neverSent', 'neverSent'],
  expiredUnsent: ['neverSent', 'neverSent'],
  reversing: ['beingReversed', 'beingReversed'],
  reversed: ['reversed', 'reversed'],
  disputed: ['disputed', 'disputed'],
};

test.each(variants)('$name', ({ name, machine }) => {
  const till = scanned();
  const [onCounter, goodsGone] = expected[machine.state.kind];
  const verdict = name === 'inquiring.giveBack' ? 'beingReversed' : machine.deferred ? goodsGone : onCounter;
  const evidence = evidenceIn(till, { ...till.newest(), machine, story: [] });
  expect(evidence.verdict).toBe(verdict);
  expect(evidence.proof !== null).toBe(machine.state.kind === 'approved');
});

describe('where the acquirer knew of no such order', () => {
  const till = scanned();
  const told = (state: Attempt['machine']['state'], story: string[] = []) =>
    evidenceIn(till, {
      ...till.newest(),
      machine: { deferred: true, state, due: null },
      story: story.map((what) => ({ at_ms: 1, what })),
    }).verdict;

  test('neither a decline nor a reversal is claimed', () => {
    expect(told({ kind: 'declined', code: 'NOT_FOUND', reason: 'other' })).toBe('notTaken');
    expect(told({ kind: 'reversed', result: 'NOT_FOUND' })).toBe('notTaken');
  });

  test('nor that nothing was ever sent', () => {
    const lost = { kind: 'expiredUnsent', cause: 'codeLost' } as const;
    expect(told(lost, ['opened', 'queued', 'inquired', 'notFound'])).toBe('notTaken');
    expect(told(lost, ['opened', 'queued'])).toBe('neverSent');
  });

  test('nor that it was asked, where nobody asked', () => {
    const old = { kind: 'expiredUnsent', cause: 'age' } as const;
    expect(told(old, ['opened', 'queued', 'sent', 'notSent', 'queued', 'expired'])).toBe('neverSent');
  });
});

describe('what waits in the queue since the acquirer does not want this terminal', () => {
  const refused = { kind: 'declined', code: 'TERMINAL_INVALID', reason: 'configuration' } as const;
  const kept = () => {
    const till = TestTill.tendering(1500);
    till.line(false);
    till.tell(codeScan());
    till.line(true);
    till.tell({ kind: 'forwarded', routeId: ROUTE, window: 1 });
    till.pay(refused);
    expect(evidenceIn(till).verdict).toBe('deferred');
    return till;
  };

  test('too old in the end, it was sent and refused, and nobody was asked about it', () => {
    const till = kept();
    till.later(24 * 3_600_000).pay({ kind: 'timer' });
    expect(till.newest().machine.state.kind).toBe('expiredUnsent');
    expect(evidenceIn(till).verdict).toBe('refusedUnseen');
  });

  test('nor is it called never sent where the line comes and goes so often that its story loses its middle', () => {
    const till = TestTill.tendering(1500);
    till.line(false);
    till.tell(codeScan());
    const forward = () => {
      till.line(true);
      till.tell({ kind: 'forwarded', routeId: ROUTE, window: 1 });
    };
    const breakOff = () => {
      forward();
      till.pay(answers.notSent);
      till.later(300_000).line(false);
    };
    for (let times = 0; times < 3; times += 1) breakOff();
    forward();
    till.pay(refused);
    // A start takes the refusal for mended.
    till.tell({ kind: 'coreStarted', version: '1', runtime: '24', sentIds: [], sentDrawerIds: [] });
    for (let times = 0; times < 9; times += 1) breakOff();
    till.later(24 * 3_600_000).pay({ kind: 'timer' });
    expect(till.newest().machine.state.kind).toBe('expiredUnsent');
    expect(evidenceIn(till)).toMatchObject({ verdict: 'refusedUnseen', isShortened: true });
  });

  test('cancelled, it is not called never sent', () => {
    const till = kept();
    till.pay({ kind: 'deferredCancelled' });
    expect(till.newest().machine.state.kind).toBe('notSent');
    expect(evidenceIn(till).verdict).toBe('refusedUnseen');
  });
});

describe('a payment that was approved', () => {
  test('is paid, with the acquirer’s own number and time', () => {
    expect(evidenceIn(paid())).toMatchObject({ verdict: 'paid', proof: { rail: 'WECHAT' }, giveBacks: [] });
  });

  test('that came too late is on its way back, and then given back', () => {
    const till = scanned();
    till.later(10_000).tell({ kind: 'gaveUp', attemptId: till.newest().attemptId });
    expect(evidenceIn(till).verdict).toBe('beingReversed');
    till.pay({ kind: 'reversalRefused', cause: 'WINDOW_CLOSED' });
    till.pay(answers.approved);
    expect(evidenceIn(till).verdict).toBe('disputed');
    till.later(600_000).pay({ kind: 'timer' });
    till.pay(answers.approved);
    expect(evidenceIn(till)).toMatchObject({ verdict: 'goingBack', giveBacks: [{ result: 'open' }] });
    const giveBackId = Object.keys(till.state.giveBacks)[0] ?? '';
    const event = { kind: 'done', result: 'SUCCESS', reference: 'R77' } as const;
    till.tell({ kind: 'giveBack', giveBackId, event });
    expect(evidenceIn(till)).toMatchObject({
      verdict: 'givenBack',
      giveBacks: [{ result: 'done', reference: 'R77', amount_fen: 1500 }],
    });
  });

  test('whose refund was refused since it may be back by other means is not said to be owed', () => {
    const till = paid();
    till.tell({ kind: 'saleLeft' });
    const sale = Object.values(till.state.sales)[0];
    const lines = (sale?.settled ?? []).map(({ lineId }) => ({ lineId, quantity: 1 }));
    const who = { operatorId: '1', approverId: '2', reason: 'x' };
    till.tell({ kind: 'returnOpened', saleId: sale?.saleId ?? '', lines, ...who });
    for (const event of [
      { kind: 'refused', code: 'CUTOFF_PASSED' },
      { kind: 'refused', code: '36', perhapsBack: true },
    ] as const)
      till.tell({ kind: 'giveBack', giveBackId: Object.keys(till.state.giveBacks).at(-1) ?? '', event });
    expect(evidenceIn(till)).toMatchObject({
      verdict: 'giveBackRefused',
      giveBacks: [{ result: 'refused' }],
    });
  });

  test('of whose two refunds one failed and the other may be back: checked first, and each told as what it is', () => {
    const till = TestTill.ready();
    till.tell({ kind: 'goodsEntered', goods: goods(500, '1') });
    till.tell({ kind: 'goodsEntered', goods: goods(1000, '2') });
    till.tell({ kind: 'tenderStarted' });
    till.tell(codeScan());
    till.pay(answers.approved);
    const { saleId, lines } = till.sale();
    const who = { operatorId: '1', approverId: '2', reason: 'x' };
    const events = [
      { kind: 'refused', code: '61' },
      { kind: 'refused', code: '36', perhapsBack: true },
    ] as const;
    for (const [index, event] of events.entries()) {
      const asked = [{ lineId: lines[index]?.lineId ?? '', quantity: 1 }];
      till.tell({ kind: 'returnOpened', saleId, lines: asked, ...who });
      till.tell({ kind: 'giveBack', giveBackId: Object.keys(till.state.giveBacks).at(-1) ?? '', event });
    }
    expect(evidenceIn(till)).toMatchObject({
      verdict: 'giveBackRefused',
      giveBacks: [{ result: 'failed' }, { result: 'refused' }],
    });
  });

  test('whose refund was refused is owed, and once paid in cash not promised to the wallet', () => {
    const till = paid();
    till.tell({ kind: 'saleLeft' });
    const sale = Object.values(till.state.sales)[0];
    const lines = (sale?.settled ?? []).map(({ lineId }) => ({ lineId, quantity: 1 }));
    const who = { operatorId: '1', approverId: '2', reason: 'x' };
    till.tell({ kind: 'returnOpened', saleId: sale?.saleId ?? '', lines, ...who });
    for (let round = 0; round < 2; round += 1) {
      const open = Object.values(till.state.giveBacks).find((one) => one.machine.state.kind !== 'failed');
      if (open) {
        const event = { kind: 'refused', code: '61' } as const;
        till.tell({ kind: 'giveBack', giveBackId: open.giveBackId, event });
      }
    }
    expect(evidenceIn(till)).toMatchObject({ verdict: 'giveBackFailed', giveBacks: [{ result: 'failed' }] });
    const owed = Object.values(till.state.giveBacks).find(({ method }) => method === 'refund');
    till.tell({ kind: 'giveBackPaid', giveBackId: owed?.giveBackId ?? '', ...who });
    expect(evidenceIn(till)).toMatchObject({ verdict: 'givenBackInCash', giveBacks: [{ result: 'cash' }] });
  });
});

describe('what its sale still asks for', () => {
  test('all of it, after a decline; nothing, once another code has paid', () => {
    const till = scanned();
    till.pay(answers.declined);
    const first = till.newest();
    expect(evidenceIn(till, first).sale).toEqual({ state: 'due', due_fen: 1500, isBlocked: false });
    till.tell(codeScan({ codeHmac: 'hmac-2' }));
    till.pay(answers.approved);
    expect(evidenceIn(till, first)).toMatchObject({
      verdict: 'notCharged',
      sale: { state: 'sold', due_fen: 0 },
    });
  });

  test('the rest, after a part was paid', () => {
    const till = TestTill.tendering(1500);
    till.tell({ kind: 'walletPartSet', amount_fen: 500 });
    till.tell(codeScan());
    till.pay(answers.approved);
    expect(evidenceIn(till)).toMatchObject({ verdict: 'paid', sale: { state: 'due', due_fen: 1000 } });
  });

  test('nothing now, while another code of it has no result', () => {
    const till = scanned();
    till.pay(answers.declined);
    const first = till.newest();
    till.tell(codeScan({ codeHmac: 'hmac-2' }));
    expect(evidenceIn(till, first).sale).toEqual({ state: 'due', due_fen: 1500, isBlocked: true });
    expect(evidenceIn(till).sale.isBlocked).toBe(false);
  });

  test('nothing while a deferred payment is not confirmed, and all of it once that was lost', () => {
    const till = TestTill.tendering(1500);
    till.line(false);
    till.tell(codeScan());
    expect(evidenceIn(till)).toMatchObject({ verdict: 'deferred', sale: { state: 'promised', due_fen: 0 } });
    till.line(true);
    till.tell({ kind: 'forwarded', routeId: 'gateway', window: 1 });
    till.pay(answers.declined);
    expect(evidenceIn(till)).toMatchObject({ verdict: 'notCharged', sale: { state: 'due', due_fen: 1500 } });
  });

  test('nothing, where it was dropped', () => {
    const till = scanned();
    till.pay(answers.declined);
    const first = till.newest();
    till.tell({ kind: 'saleCancelled' });
    expect(evidenceIn(till, first).sale.state).toBe('dropped');
  });
});

test('give-backs of another payment of the sale are not told', () => {
  const till = paid();
  const other = { attemptId: 'P9', method: 'refund', machine: { state: { kind: 'failed' } } } as never;
  const state = { ...till.state, giveBacks: { G9: other } };
  expect(evidenceOf(state, till.newest())).toMatchObject({ verdict: 'paid', giveBacks: [] });
});

test('a story that may have lost its middle says so', () => {
  const till = paid();
  const step = { at_ms: 1, what: 'inquired' };
  const isShortened = (steps: number) =>
    evidenceIn(till, { ...till.newest(), story: Array.from({ length: steps }, () => step) }).isShortened;
  expect([isShortened(STORY_steps - 1), isShortened(STORY_steps)]).toEqual([false, true]);
});

test('the slip holds what was known when it was asked for, whatever comes later', () => {
  const till = scanned();
  const { attemptId } = till.newest();
  till.tell({ kind: 'evidenceAsked', attemptId, operatorId: '1' });
  till.pay(answers.approved);
  const given = till.records.findLast((one) => one.type === 'evidence.given');
  expect(given?.body).toMatchObject({ given: { operatorId: '1', evidence: { verdict: 'undecided' } } });
  expect(JSON.stringify(given?.body)).not.toContain('hmac');
});
