// The examination's rows: no check is forgotten, and each says honestly whether it is known yet.
import { describe, expect, it } from 'vitest';
import { type CheckLine, checkNames } from '../../../contract/diagnostics.ts';
import { checksOfGroup, columns, countOf, failures, type GroupName, rowsOf } from './rows.ts';

const line = (change: Partial<CheckLine>): CheckLine => ({
  check: 'printer.state',
  subject: 'receipt',
  verdict: 'fail',
  finding: 'coverOpen',
  detail: '',
  took_ms: 3,
  ...change,
});

const groups = Object.keys(checksOfGroup) as GroupName[];

describe('the rows of the examination', () => {
  it('show each check of the contract in exactly one group, and each group in exactly one column', () => {
    expect(groups.flatMap((group) => checksOfGroup[group]).toSorted()).toEqual([...checkNames].toSorted());
    expect(columns.flat().toSorted()).toEqual(groups.toSorted());
  });

  it('stand in their places before anything has been examined', () => {
    const rows = groups.flatMap((group) => rowsOf({ state: 'none', running: [], lines: [] }, group));
    expect(rows).toHaveLength(checkNames.length);
    expect(new Set(rows.map(({ state }) => state))).toEqual(new Set(['idle']));
  });

  it('are running until their line comes, each by itself', () => {
    const lines = [line({ check: 'printer.connection', verdict: 'pass', finding: 'printerReached' })];
    const rows = rowsOf({ state: 'running', running: ['printer.state'], lines }, 'printer');
    expect(rows.map(({ state }) => state)).toEqual(['pass', 'running', 'idle', 'idle', 'idle', 'idle']);
  });

  it('are one for each device of a check', () => {
    const lines = ['counter', 'hand'].map((subject) => line({ check: 'scanner', subject }));
    const rows = rowsOf({ state: 'done', running: [], lines }, 'scanner');
    expect(rows.map(({ subject }) => subject)).toEqual(['counter', 'hand']);
  });

  it('are counted by verdict', () => {
    const examined = {
      state: 'done' as const,
      running: [],
      lines: [line({}), line({ check: 'drawer', verdict: 'skipped' }), line({ verdict: 'pass' })],
    };
    expect([failures(examined).length, countOf(examined, 'pass'), countOf(examined, 'skipped')]).toEqual([
      1, 1, 1,
    ]);
  });
});
