// The tables of docs/reconciliation.md, cell by cell.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { BillEntry } from './bills/bill.ts';
import type { GiveBackItem, OrderItem } from './journal/items.ts';
import type { Finding } from './match/finding.ts';
import { classes } from './classes.ts';
import { reconcile } from './reconcile.ts';
import {
  billOf,
  CHARGE,
  day,
  entryOf,
  eve,
  giveBackOf,
  next,
  ORDER,
  orderOf,
  TERMINAL,
} from './testing/made.ts';

const page = readFileSync(join(import.meta.dirname, '../docs/reconciliation.md'), 'utf8');

/** Rows of the table under this heading: name, then the cells by the names of the columns. */
function tableUnder(heading: string): { name: string; cells: Map<string, string> }[] {
  const [, section = ''] = page.split(`## ${heading}\n`);
  const lines =
    section
      .split('\n## ')[0]
      ?.split('\n')
      .filter((line) => line.startsWith('|')) ?? [];
  const rows = lines.map((line) =>
    line
      .split('|')
      .slice(1, -1)
      .map((cell) => cell.trim()),
  );
  const [head = [], , ...body] = rows;
  return body.map(([name = '', ...cells]) => ({
    name,
    cells: new Map(cells.map((cell, index) => [head[index + 1] ?? '', cell])),
  }));
}

type Here = { orders?: OrderItem[]; giveBacks?: GiveBackItem[]; number?: string };

const ROUTE = new Set(['wechat']);

function findingsOf(entries: readonly BillEntry[], { orders = [], giveBacks = [] }: Here): Finding[] {
  const books = { orders, giveBacks, terminals: new Set([TERMINAL]), epochs: new Set([3]) };
  return reconcile(billOf(entries), books, { routeIds: ROUTE, rate_ppm: null }).findings;
}

/** `matched 0, duplicate +1000` */
function found(entries: readonly BillEntry[], here: Here): string {
  return findingsOf(entries, here)
    .map(({ class: name, effect_fen }) => `${name} ${effect_fen > 0 ? '+' : ''}${effect_fen}`)
    .toSorted()
    .join(', ');
}

function sorted(cell: string): string {
  return cell.split(', ').toSorted().join(', ');
}

const free = (state: string, wanted: Partial<OrderItem> = {}): Here => ({
  orders: [orderOf({ belief: 'free', state, settlementDate: null, acquirerNumbers: [], ...wanted })],
});
const doubt = (state: string, wanted: Partial<OrderItem> = {}): Here =>
  free(state, { belief: 'open', provenAt_ms: null, ...wanted });
const approved = (wanted: Partial<OrderItem>): Here => ({ orders: [orderOf(wanted)] });
const atEve = { openedAt_ms: eve.at_ms, provenAt_ms: eve.at_ms };

const orderRows: Readonly<Record<string, Here[]>> = {
  'unknown, own number': [{}],
  "unknown, another till's": [{ number: '0000001900300000112345678' }],
  'unknown, of an earlier epoch': [{ number: `${TERMINAL}00200000112345678` }],
  approved: [approved({}), approved({ settlementDate: null })],
  'approved after it was lost': [approved({ cameAfterLoss: true })],
  'approved the day after': [approved({ provenAt_ms: next.at_ms })],
  'approved, clears the day after': [approved({ settlementDate: next.date })],
  'approved, clears the day before': [approved({ settlementDate: eve.date })],
  'approved the day before': [
    approved({ ...atEve, settlementDate: eve.date }),
    approved({ ...atEve, settlementDate: day.date }),
  ],
  'approved the day before, another charge': [
    approved({ ...atEve, settlementDate: eve.date, acquirerNumbers: ['other'] }),
  ],
  declined: [free('declined')],
  notSent: [free('notSent')],
  expiredUnsent: [free('expiredUnsent')],
  reversed: [free('reversed')],
  'reversed the day after': [free('reversed', { provenAt_ms: next.at_ms })],
  'declined, opened the day before': [free('declined', atEve), free('declined', { openedAt_ms: eve.at_ms })],
  'in doubt': [
    'authorizing',
    'awaitingCustomer',
    'unknown',
    'inquiring',
    'held',
    'queued',
    'presenting',
    'reversing',
    'disputed',
  ].map((state) => doubt(state)),
  'in doubt since the day before': [doubt('disputed', { openedAt_ms: eve.at_ms })],
};

const back = (amount_fen: number) => entryOf({ kind: 'reversal', amount_fen });
/** WeChat Pay has accepted it, and not said that it went back. */
const notDone = entryOf({ kind: 'refund', refundNumber: 'PLATFORM1', status: 'REFUND PROCESSING' });
const second = entryOf({ acquirerNumber: `${CHARGE}2` });

const orderColumns: Readonly<Record<string, BillEntry[]>> = {
  nothing: [],
  'charge 1000': [entryOf({})],
  'charge 1300': [entryOf({ amount_fen: 1300 })],
  'charge 1000, back 1000': [entryOf({}), back(1000)],
  'charge 1000, back 400': [entryOf({}), back(400)],
  'back 1000': [back(1000)],
  'charge 1000, refund 1000 not done': [entryOf({}), notDone],
  'charge 1000 twice': [entryOf({}), second],
};

describe('orders', () => {
  const rows = tableUnder('Orders');

  it('has a row for each state and a column for each bill', () => {
    expect(rows.map(({ name }) => name)).toEqual(Object.keys(orderRows));
    expect([...(rows[0]?.cells.keys() ?? [])]).toEqual(Object.keys(orderColumns));
  });

  const cells = rows.flatMap(({ name, cells: row }) =>
    [...row].map(([column, cell]) => [name, column, cell] as const),
  );

  it.each(cells)('%s; %s: %s', (name, column, cell) => {
    for (const here of orderRows[name] ?? []) {
      const orderNumber = here.number ?? ORDER;
      const entries = (orderColumns[column] ?? []).map((entry) => ({ ...entry, orderNumber }));
      expect(found(entries, here)).toBe(sorted(cell));
      // Whatever stands first on the bill.
      if (here.orders !== undefined && column !== 'charge 1000 twice') {
        expect(found(entries.toReversed(), here)).toBe(sorted(cell));
      }
    }
  });
});

const called: Partial<GiveBackItem> = { belief: 'failed', state: 'failed' };
/** Somebody's word counted it, the wire refused it. */
const counted = (first: { at_ms: number }, then: { at_ms: number }) => [
  { at_ms: first.at_ms, back_fen: 300 },
  { at_ms: then.at_ms, back_fen: -300 },
];

const giveBackRows: Readonly<Record<string, Partial<GiveBackItem> | null>> = {
  'unknown number': null,
  done: {},
  'done, sent the day before': { openedAt_ms: eve.at_ms },
  'done the day after': { provenAt_ms: next.at_ms },
  'done the day before': atEve,
  pending: { belief: 'open', state: 'pending', provenAt_ms: null },
  'pending since the day before': {
    belief: 'open',
    state: 'pending',
    openedAt_ms: eve.at_ms,
    provenAt_ms: null,
  },
  failed: { belief: 'failed', state: 'failed' },
  'failed the day before': { belief: 'failed', state: 'failed', ...atEve },
  'failed the day after, counted before': {
    ...called,
    provenAt_ms: next.at_ms,
    bookings: counted(day, next),
  },
  'failed, counted the day before': {
    ...called,
    ...atEve,
    provenAt_ms: day.at_ms,
    bookings: counted(eve, day),
  },
  'done the day after, taken out': {
    provenAt_ms: next.at_ms,
    openedAt_ms: eve.at_ms,
    bookings: [...counted(eve, day), { at_ms: next.at_ms, back_fen: 300 }],
  },
};

describe('give-backs', () => {
  const rows = tableUnder('Give-backs');
  const order = orderOf({ ...atEve, settlementDate: eve.date });

  it('has a row for each state', () => {
    expect(rows.map(({ name }) => name)).toEqual(Object.keys(giveBackRows));
  });

  const cells = rows.flatMap(({ name, cells: row }) =>
    [...row].map(([column, cell]) => [name, column, cell] as const),
  );

  it.each(cells)('%s; %s: %s', (name, column, cell) => {
    const wanted = giveBackRows[name];
    const amounts = { nothing: [], '300': [300], '200': [200], '300 twice': [300, 300] }[column] ?? [];
    for (const method of ['refund', 'void'] as const) {
      const giveBack = giveBackOf({ ...wanted, method });
      const kind = method === 'refund' ? 'refund' : 'reversal';
      const refundNumber = method === 'refund' ? giveBack.requestNumber : null;
      const status = 'REFUND SUCCESS';
      const entries = amounts.map((amount_fen) => entryOf({ kind, refundNumber, amount_fen, status }));
      const giveBacks = wanted === null ? [] : [giveBack];
      expect(found(entries, { orders: [order], giveBacks }), method).toBe(sorted(cell));
    }
  });
});

it('tells a fee that is not the rate of the row, or of the contract', () => {
  const books = {
    orders: [orderOf({})],
    giveBacks: [],
    terminals: new Set([TERMINAL]),
    epochs: new Set([3]),
  };
  const classOf = (entry: Partial<BillEntry>, rate_ppm: number | null) => {
    const { findings } = reconcile(billOf([entryOf(entry)]), books, { routeIds: ROUTE, rate_ppm });
    return findings.map((one) => [one.class, one.kept_fen, one.feeExpected_fen]);
  };
  // 0.45 % of 1000 fen is 4.5 fen: half a fen goes up.
  expect(classOf({ fee_fen: 5, rate_ppm: 4500 }, null)).toEqual([['matched', 5, null]]);
  expect(classOf({ fee_fen: 4, rate_ppm: 4500 }, null)).toEqual([['feeDiffers', 4, 5]]);
  expect(classOf({ fee_fen: 5, rate_ppm: 4500 }, 6000)).toEqual([['feeDiffers', 5, 6]]);
  expect(classOf({ fee_fen: 99 }, null)).toEqual([['matched', 99, null]]);
  // The rate is of what is settled.
  expect(classOf({ fee_fen: 3, discount_fen: 400, rate_ppm: 4500 }, null)).toEqual([['matched', 403, null]]);
});

it('knows its own charge by the number of the approval, wherever it stands', () => {
  const books = {
    orders: [orderOf({})],
    giveBacks: [],
    terminals: new Set([TERMINAL]),
    epochs: new Set([3]),
  };
  const { findings } = reconcile(billOf([second, entryOf({})]), books, { routeIds: ROUTE, rate_ppm: null });
  const told = findings.map((one) => [one.class, one.entries[0]?.acquirerNumber]);
  expect(told).toEqual([
    ['duplicate', `${CHARGE}2`],
    ['matched', CHARGE],
  ]);
});

it('gives the reversal on the bill to the void that was not refused', () => {
  const refused = giveBackOf({ method: 'void', belief: 'failed', state: 'failed', amount_fen: 1000 });
  const done = giveBackOf({ method: 'void', requestNumber: 'R2', amount_fen: 1000 });
  const entries = [entryOf({}), back(1000)];
  expect(found(entries, { orders: [orderOf({})], giveBacks: [refused, done] })).toBe(
    'matched 0, matched 0, matched 0',
  );
});

it('each next step that may give a charge back says to look first at a refund of it that is under way', () => {
  const entries = [entryOf({}), second, notDone];
  const beside = Object.values(orderRows)
    .flat()
    .flatMap((here) => findingsOf(entries, here))
    .filter(({ bill_fen }) => bill_fen > 0)
    .map((one) => one.class);
  const silent = [...new Set(beside)].filter((name) => !classes[name].next.en.includes('under way'));
  // These send nobody to give anything back.
  expect(silent.toSorted()).toEqual(['clearedOtherDay', 'matched']);
});

const failing = (refundState: string) =>
  entryOf({ kind: 'refund', refundNumber: refundState, status: `REFUND ${refundState}` });

it.each(['PROCESSING', 'CHANGE', 'FAIL'])(
  'nets no charge against a refund of WeChat Pay that is %s',
  (state) => {
    const entries = [entryOf({}), failing(state)];
    expect(found(entries, free('declined'))).toBe('chargedButFree +1000, refundUndone -1000');
    // With the charge on the bill of the eve it is no reversal that went over the cut-off either.
    expect(found([failing(state)], free('reversed', atEve))).toBe('refundUndone -1000');
    // One that went back after all is the one that counts, wherever it stands.
    for (const each of [
      [...entries, back(1000)],
      [entryOf({}), back(1000), failing(state)],
    ])
      expect(found(each, free('declined'))).toBe('refundUndone -1000, returnedThere 0');
  },
);
