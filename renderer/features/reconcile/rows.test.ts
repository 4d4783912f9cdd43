// The list of the page: what is new first, and what was compared can be compared again.
import { expect, test } from 'vitest';
import {
  type BillFile,
  type BillsFound,
  othersOf,
  type ReconciliationRow,
} from '../../../contract/reconciliation.ts';
import { isComparable, rowsOf, standOf, offeredDays } from './rows.ts';

const file = (name: string, change: Partial<BillFile> = {}): BillFile => ({
  file: name,
  size_bytes: 1,
  modifiedAt_ms: 1,
  rail: 'gateway',
  routeIds: ['gateway'],
  ...change,
});
const done = (name: string): ReconciliationRow => ({
  reconciliationId: `B-${name}`,
  at_ms: 9,
  rail: 'gateway',
  billDate: '2026-11-22',
  file: name,
  differences: 0,
  open: 0,
  others: { count: 0, areSorted: true },
});
const found = (files: BillFile[], compared: ReconciliationRow[]): BillsFound => ({
  folder: '/bills',
  fault: null,
  routes: [],
  files,
  done: compared,
});

test('what was compared comes after what is new, marked, and its results after that', () => {
  const rows = rowsOf(found([file('old'), file('new')], [done('old'), done('gone')]));
  expect(rows.map((row) => (row.kind === 'file' ? [row.file.file, row.isCompared] : row.done.file))).toEqual([
    ['new', false],
    ['old', true],
    'old',
    'gone',
  ]);
});

test('only one of ours, of a route that we have, can be compared', () => {
  expect(isComparable(file('a'))).toBe(true);
  expect(isComparable(file('a', { rail: null }))).toBe(false);
  expect(isComparable(file('a', { routeIds: [] }))).toBe(false);
});

test('all agrees only where no line was left to another till, nor to an earlier life of this one', () => {
  const stand = (change: Partial<ReconciliationRow>) => standOf({ ...done('a'), ...change });
  const others = { count: 2, areSorted: true };
  const unsorted = { count: 2, areSorted: false };
  expect(stand({})).toBe('agrees');
  expect(stand({ others })).toBe('others');
  expect(stand({ others: unsorted })).toBe('unsorted');
  expect(stand({ differences: 1, open: 1, others })).toBe('open');
  expect(stand({ differences: 1, others })).toBe('settled');
  expect(stand({ differences: 1, others: unsorted })).toBe('unsorted');
});

test('an older comparison does not say whose the lines are that it lists nowhere', () => {
  const words = { zh: '', en: '' };
  const pooled = { class: 'wrongTerminal', count: 2, effect_fen: 5, name: words, who: words, next: words };
  expect(othersOf({ classes: [pooled] })).toEqual({ count: 2, areSorted: false });
  expect(othersOf({ classes: [] })).toEqual({ count: 0, areSorted: true });
  expect(othersOf({ classes: [pooled], others: 2 })).toEqual({ count: 2, areSorted: true });
});

test('offers the bill of the day of a payment that has just become a dispute, seven days on, and the day after', () => {
  const sent_ms = Date.parse('2026-11-16T15:30:00Z');
  const day_ms = 24 * 3_600_000;
  for (const days of [7, 8]) expect(offeredDays(sent_ms + days * day_ms + 3_600_000)).toContain('2026-11-16');
});
