// The till's books from single records.
import { describe, expect, it } from 'vitest';
import { clearingDate } from '../calendar.ts';
import { BadJournal, type JournalRow } from './fields.ts';
import { partsOf } from './items.ts';
import { readBooks } from './read.ts';

const orderNumber = '0000001800300000112345678';
const attempt = {
  attemptId: 'P1',
  orderNumber,
  routeId: 'wechat',
  amount_fen: 450,
  openedAt_ms: 1000,
  machine: { state: { kind: 'authorizing' } },
};
const proof = { acquirerOrderId: 'A1', thirdPartyOrderId: 'T1', settlementDate: '20261124' };

function rowsOf(...bodies: [type: string, body: unknown][]): JournalRow[] {
  return bodies.map(([type, body], index) => ({
    sequence: index + 1,
    at: '',
    type,
    body: JSON.stringify(body),
  }));
}

function after(...states: object[]) {
  const moves = states.map((state, index): [string, unknown] => [
    'payment.moved',
    { attemptId: 'P1', machine: { state }, at_ms: 2000 + index },
  ]);
  return readBooks(rowsOf(['payment.opened', { attempt }], ...moves)).orders[0];
}

describe('orders', () => {
  it('keeps the proof and when it came, and every record that told it', () => {
    expect(after({ kind: 'unknown' }, { kind: 'approved', proof })).toMatchObject({
      belief: 'taken',
      provenAt_ms: 2001,
      settlementDate: '2026-11-24',
      acquirerNumbers: ['A1', 'T1'],
      cameAfterLoss: false,
      records: [1, 2, 3],
    });
  });

  it.each(['reversing', 'disputed', 'declined', 'reversed', 'expiredUnsent', 'notSent'])(
    'an approval after %s came after the loss',
    (kind) => expect(after({ kind }, { kind: 'approved', proof })?.cameAfterLoss).toBe(true),
  );

  it.each(['unknown', 'awaitingCustomer', 'inquiring', 'queued'])('after %s it did not', (kind) =>
    expect(after({ kind }, { kind: 'approved', proof })?.cameAfterLoss).toBe(false),
  );

  it('believes nothing of a state that it does not know', () => {
    expect(after({ kind: 'constructor' })).toMatchObject({ belief: 'open', provenAt_ms: null });
    expect(after({ kind: 'declined' }, { kind: 'inquiring' })).toMatchObject({
      belief: 'open',
      provenAt_ms: null,
    });
  });
});

it('knows its terminals and epochs from numbers, reports, installation and restore', () => {
  const books = readBooks(
    rowsOf(
      ['till.installed', { epoch: 1 }],
      ['payment.opened', { attempt }],
      ['till.restored', { epoch: 40 }],
      ['day.closed', { report: { terminalCode: '00000020' } }],
    ),
  );
  expect([...books.epochs]).toEqual([1, 3, 40]);
  expect([...books.terminals]).toEqual(['00000018', '00000020']);
  expect(partsOf(`R${orderNumber}`)).toEqual({ terminal: '00000018', epoch: 3 });
  expect(partsOf('0000001801400000112345678')).toEqual({ terminal: '00000018', epoch: 40 });
  expect(partsOf('WEB-1')).toBeNull();
});

it('knows the number that its till is configured with, before anything was sold under it', () => {
  expect([...readBooks([], '00000018').terminals]).toEqual(['00000018']);
  expect([...readBooks([]).terminals]).toEqual([]);
});

it('knows in whose books a payment stands, and what is given back of it', () => {
  const giveBack = { giveBackId: 'G1', requestNumber: 'R1', attemptId: 'P1', orderNumber, routeId: 'wechat' };
  const asked = { ...giveBack, method: 'refund', amount_fen: 1, openedAt_ms: 1, machine: attempt.machine };
  const partiesOf = (one: object) => {
    const rows = rowsOf(['payment.opened', { attempt: one }], ['giveBack.opened', { giveBack: asked }]);
    const { orders, giveBacks } = readBooks(rows);
    return [...orders, ...giveBacks].map(({ party }) => party);
  };
  expect(partiesOf({ ...attempt, party: 'wechatpay:1' })).toEqual(['wechatpay:1', 'wechatpay:1']);
  expect(partiesOf(attempt)).toEqual([null, null]);
});

it('knows of a payment that was forwarded to another merchant that it stands in his books, and so does what is given back', () => {
  const giveBack = { giveBackId: 'G1', requestNumber: 'R1', attemptId: 'P1', orderNumber, routeId: 'wechat' };
  const asked = { ...giveBack, method: 'refund', amount_fen: 1, openedAt_ms: 1, machine: attempt.machine };
  const moved = (kind: string, party?: string) => {
    return { attemptId: 'P1', machine: { state: { kind } }, at_ms: 2000, ...(party && { party }) };
  };
  const rows = rowsOf(
    ['payment.opened', { attempt: { ...attempt, party: 'wechatpay:1' } }],
    ['payment.moved', moved('authorizing', 'wechatpay:2')],
    ['payment.moved', moved('approved')],
    ['giveBack.opened', { giveBack: asked }],
  );
  const { orders, giveBacks } = readBooks(rows);
  expect([...orders, ...giveBacks].map(({ party }) => party)).toEqual(['wechatpay:2', 'wechatpay:2']);
});

it('names the record and the field that is not as it must be', () => {
  const cases: [[string, unknown][], string][] = [
    [
      [['payment.opened', { attempt: { ...attempt, amount_fen: 4.5 } }]],
      'record 1 payment.opened: attempt.amount_fen is not a whole number',
    ],
    [
      [['payment.moved', { attemptId: 'P9', machine: { state: { kind: 'declined' } }, at_ms: 1 }]],
      'record 1 speaks of P9, which was never opened',
    ],
    [
      [['giveBack.opened', { giveBack: { method: 'wish' } }]],
      'record 1: giveBack.method is neither void nor refund',
    ],
    [[['till.installed', []]], 'record 1 till.installed: epoch is not a whole number'],
  ];
  for (const [rows, message] of cases)
    expect(() => readBooks(rowsOf(...rows))).toThrow(new BadJournal(message));
  const cut = [{ sequence: 4, at: '', type: 'payment.opened', body: '{"attempt"' }];
  expect(() => readBooks(cut)).toThrow(/^record 4: /);
});

it('ends the wallets day at midnight, the gateway one and UnionPay’s at 23:00, in Shanghai', () => {
  const at = (time: string) => Date.parse(`2026-11-24T${time}+08:00`);
  const cases: [Parameters<typeof clearingDate>[0], string, string][] = [
    ['wechatpay', '00:00:00', '2026-11-24'],
    ['alipay', '23:59:59.999', '2026-11-24'],
    ['unionpay', '22:59:59.999', '2026-11-24'],
    ['unionpay', '23:00:00', '2026-11-25'],
    ['gateway', '22:59:59.999', '2026-11-24'],
    ['gateway', '23:00:00', '2026-11-25'],
  ];
  for (const [rail, time, date] of cases) expect(clearingDate(rail, at(time)), `${rail} ${time}`).toBe(date);
});

it('a refund that was opened as failed, and paid in cash, is not open', () => {
  const giveBack = {
    giveBackId: 'G2',
    requestNumber: 'R2',
    orderNumber,
    routeId: 'wechat',
    method: 'refund',
    amount_fen: 450,
    openedAt_ms: 3000,
    machine: { state: { kind: 'failed', code: 'NOT_ALLOWED', perhapsBack: true } },
  };
  const rows = rowsOf(['giveBack.opened', { giveBack }], ['giveBack.paidInCash', { giveBackId: 'G2' }]);
  expect(readBooks(rows).giveBacks).toMatchObject([
    { belief: 'failed', state: 'failed', provenAt_ms: 3000, paidInCash: true },
  ]);
});
