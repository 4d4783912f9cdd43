// What is written off is what is missing at that moment, of that payment and of no other: its own money takes its place, or that of a try
// which was opened for it. Another payment of the sale that is lost is told on its own, whatever comes first.
import { beforeEach, describe, expect, test } from 'vitest';
import { answers, codeScan, ROUTE, type TestTill } from '../../../test/sim/till-kit.ts';
import { twoParts } from '../../../test/sim/two-parts.ts';
import { due_fen, lostBy } from './queries.ts';

const decided = { operatorId: '1', approverId: '9', reason: 'asked' };

let till: TestTill;
let first = '';
let second = '';
beforeEach(() => {
  ({ till, first, second } = twoParts());
  till.pay(answers.declined, first);
});

const writeOff = () => till.tell({ kind: 'writtenOff', attemptId: first, ...decided });

/** Another code of the customer, for so much of what is due. */
function collect(amount_fen: number): string {
  till.tell({ kind: 'walletPartSet', amount_fen });
  till.tell(codeScan({ codeHmac: `hmac-${amount_fen}` }));
  return till.newest().attemptId;
}

function loseTheOther(): void {
  till.pay(answers.declined, second);
}

const due = () => due_fen(till.state, till.sale());
const open = () =>
  Object.values(till.state.exceptions).map(({ attemptId, amount_fen }) => [attemptId, amount_fen]);

describe('a part that was lost and paid in cash while the other part is on its way', () => {
  beforeEach(() => till.tell({ kind: 'cashTaken', received_fen: 800, roundDown: false }));

  test('needs nobody any more; its marked copy is asked for, and the sale still waits', () => {
    expect(open()).toEqual([]);
    expect(till.sale().state).toBe('completedPending');
    expect(till.records.map(({ type }) => type)).toContain('receipt.reprintAsked');
    expect(writeOff().refusal).toBe('E-OFF-12');
  });

  test('the other part, lost as well, is owed and told', () => {
    loseTheOther();
    expect(open()).toEqual([[second, 700]]);
    expect(due()).toBe(700);
  });
});

test('of which another sum is missing than the manager was asked about: nothing is written off', () => {
  const asked = { kind: 'writtenOff', attemptId: first, ...decided } as const;
  till.pay(answers.approved, collect(500));
  expect(till.tell({ ...asked, missing_fen: 800 }).refusal).toBe('E-OFF-15');
  expect(till.sale().writtenOff_fen).toBe(0);
  expect(till.tell({ ...asked, missing_fen: 300 }).refusal).toBeNull();
  expect(till.sale().writtenOff_fen).toBe(300);
});

describe('a part of it is paid anew, and the rest written off', () => {
  beforeEach(() => {
    till.pay(answers.approved, collect(500));
    writeOff();
  });

  test('the rest is what the sale and the period call written off', () => {
    expect(till.sale().writtenOff_fen).toBe(300);
    expect(till.state.period.offline.writtenOff).toEqual({ count: 1, amount_fen: 300 });
    expect(due()).toBe(0);
  });

  test('the other part, lost as well, is owed and told', () => {
    loseTheOther();
    expect(open()).toEqual([[second, 700]]);
    expect(due()).toBe(700);
  });
});

test('written off while it is paid anew, and that is approved: nothing is written off any more, the other part is told', () => {
  const anew = collect(800);
  till.pay(answers.noAnswer, anew);
  writeOff();
  expect(till.sale().writtenOff_fen).toBe(800);
  till.pay(answers.approved, anew);
  expect(till.sale().writtenOff_fen).toBe(0);
  loseTheOther();
  expect(open()).toEqual([[second, 700]]);
});

test('written off, and charged after all: the other part is told', () => {
  writeOff();
  till.pay(answers.approved, first);
  loseTheOther();
  expect(open()).toEqual([[second, 700]]);
  expect(due()).toBe(700);
});

describe('written off, and the other part lost, too', () => {
  const owed = () => ({ open: open(), due: due(), writtenOff_fen: till.sale().writtenOff_fen });

  test('charged after all: the other part is still owed and told, and the Z calls nothing collected', () => {
    writeOff();
    loseTheOther();
    till.pay(answers.approved, first);
    expect(owed()).toEqual({ open: [[second, 700]], due: 700, writtenOff_fen: 0 });
    expect(till.sale().state).toBe('completedPending');
    expect(till.state.period.offline.collected.count).toBe(0);
    const [taken] = till.records.filter(({ type }) => type === 'writeOff.takenBack');
    expect(taken?.body).toMatchObject({ attemptId: first, amount_fen: 800, paidBy: first });
  });

  test('while it is paid anew, and that is approved: the same', () => {
    const anew = collect(800);
    till.pay(answers.noAnswer, anew);
    writeOff();
    loseTheOther();
    till.pay(answers.approved, anew);
    expect(owed()).toEqual({ open: [[second, 700]], due: 700, writtenOff_fen: 0 });
  });

  test('while it is paid anew on trust: that promise and the write-off are one and the same fen', () => {
    till.line(false);
    const anew = collect(800);
    till.line(true);
    till.tell({ kind: 'forwarded', routeId: ROUTE, window: 2 });
    writeOff();
    loseTheOther();
    expect(owed()).toEqual({ open: [[second, 700]], due: 700, writtenOff_fen: 800 });
    till.pay(answers.declined, anew);
    expect(owed()).toEqual({ open: [[second, 700]], due: 700, writtenOff_fen: 800 });
    till.pay(answers.approved, anew);
    expect(owed()).toEqual({ open: [[second, 700]], due: 700, writtenOff_fen: 0 });
  });

  test('money that came for the other part takes back nothing', () => {
    writeOff();
    loseTheOther();
    till.pay(answers.approved, collect(700));
    expect(till.sale()).toMatchObject({ state: 'completed', writtenOff_fen: 800 });
    till.pay(answers.approved, second);
    expect(till.sale().writtenOff_fen).toBe(800 - 700);
  });
});

test('two that are lost, a part of it paid: that paid for the first, and the list says what is due', () => {
  loseTheOther();
  till.pay(answers.approved, collect(500));
  expect(Object.fromEntries(lostBy(till.state))).toEqual({ [first]: 300, [second]: 700 });
  till.pay(answers.approved, collect(400));
  expect(due()).toBe(600);
  expect([...lostBy(till.state)]).toEqual([[second, 600]]);
  expect(open()).toEqual([[second, 700]]);
});
