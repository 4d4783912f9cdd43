// The list of the page: what is new first, and what was compared can be compared again.
import { expect, test } from 'vitest';
import type { BillFile, BillsFound, ReconciliationRow } from '../../../contract/reconciliation.ts';
import { isComparable, rowsOf } from './rows.ts';

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
