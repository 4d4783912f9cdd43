// Reports and the second computation from the command line: what is listed, shown, exported, and what is objected to.
import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Report } from '../../contract/report.ts';
import { contents, copyState, tamper } from '../../fixtures/databases/tamper.ts';
import { openDrivenTill, proof } from '../../fixtures/databases/till.ts';
import { csvOf, figuresOf } from './report-figures.ts';

const root = resolve(import.meta.dirname, '../..');

type Run = { code: number | null; out: string; err: string };

function node(script: string, args: readonly string[], input = ''): Run {
  const run = spawnSync(process.execPath, [join(root, script), ...args], { encoding: 'utf8', input });
  return { code: run.status, out: run.stdout, err: run.stderr };
}

const yima = (...args: string[]): Run => node('tools/yima.ts', args);

let directory = '';
let state = '';
beforeAll(() => {
  directory = mkdtempSync(join(tmpdir(), 'yima-report-'));
  state = join(directory, 'state');
  const till = openDrivenTill(state);
  till.route(true);
  till.answer(till.sell('130123456789012345'), { kind: 'approved', proof });
  till.engine.post({ kind: 'reportTaken', operatorId: 'chen', at_ms: 1_795_000_000_000 });
  till.engine.ask({ kind: 'saleLeft' });
  till.engine.ask({
    kind: 'shiftClosed',
    operatorId: 'lin',
    counted: [{ value_fen: 10_000, count: 1 }],
  });
  till.engine.post({ kind: 'dayClosed', operatorId: 'chen', at_ms: 1_795_000_100_000 });
  till.engine.post({ kind: 'dayClosed', operatorId: 'chen', at_ms: 1_795_000_200_000 });
  till.close();
});
afterAll(() => rmSync(directory, { recursive: true }));

const at = () => ['--state', state];

/** Every number of a report, however deep. */
function numbersIn(value: unknown): number[] {
  if (typeof value === 'number') return [value];
  return typeof value === 'object' && value !== null ? Object.values(value).flatMap(numbersIn) : [];
}

describe('yima report list', () => {
  it('shows all that were taken, oldest first, and writes nothing', () => {
    const before = contents(state);
    const { code, out } = yima('report', 'list', ...at());
    expect(code).toBe(0);
    expect(
      out
        .trimEnd()
        .split('\n')
        .map((line) => line.split('  ')[0]),
    ).toEqual(['X000001', 'Z000001', 'Z000002', '3 reports']);
    expect(out).toMatch(/^Z000001 {2}\d{4}-\d\d-\d\d {2}2026-11-18 .* {2}chen {2}4\.50$/m);
    expect(contents(state)).toEqual(before);
    const [first = ''] = yima('report', 'list', ...at(), '--json').out.split('\n');
    expect(JSON.parse(first)).toMatchObject({ number: 'X000001', kind: 'x', net_fen: 450 });
  });

  it('says so when there is no till', () => {
    expect(yima('report', 'list', '--state', directory)).toMatchObject({
      code: 1,
      err: expect.stringMatching(/^E-DB-06 /),
    });
  });
});

describe('yima report show', () => {
  it('gives the report as the journal holds it, by any way to write its number', () => {
    const shown = ['Z1', 'z000001', 'Z000001'].map((number) =>
      yima('report', 'show', number, ...at(), '--json'),
    );
    expect(new Set(shown.map(({ out }) => out)).size).toBe(1);
    expect(JSON.parse(shown[0]?.out ?? '')).toMatchObject({ kind: 'z', zNumber: 1, net_fen: 450 });
    expect(JSON.parse(yima('report', 'show', 'X1', ...at(), '--json').out)).toMatchObject({
      kind: 'x',
      xNumber: 1,
    });
  });

  it('gives CSV: one row per figure, no number lost, texts in the key column', () => {
    const report = JSON.parse(yima('report', 'show', 'Z1', ...at(), '--json').out) as Report;
    const { code, out } = yima('report', 'show', 'Z1', ...at(), '--csv');
    expect(code).toBe(0);
    const [head, ...rows] = out.trimEnd().split('\n');
    expect(head).toBe('section,field,key,count,amount_fen');
    expect(rows).toContain('report,kind,z,,');
    expect(rows).toContain('report,net_fen,,,450');
    expect(rows).toContain('wallets,approved,WECHAT/WECHAT,1,450');
    expect(rows).toContain('tax,sales.tax_fen,1300,,52');
    expect(rows).toContain('cash,shifts.overShort_fen,lin/H00000001,,-10000');
    expect(rows).toContain('cashiers,sales,lin,1,450');
    expect(rows.every((row) => row.split(',').length === 5)).toBe(true);
    // What names a row of a list is a key there, and no figure.
    const keys = report.tax.map((row) => row.rate_bp);
    const figures = figuresOf(report).flatMap(({ count, amount_fen }) =>
      [count, amount_fen].filter((value) => value !== null),
    );
    const sorted = (values: number[]) => values.toSorted((a, b) => a - b);
    expect(sorted([...figures, ...keys])).toEqual(sorted(numbersIn(report)));
  });

  it('gives a person lines', () => {
    const { code, out } = yima('report', 'show', 'z2', ...at());
    expect({ code, first: out.split('\n')[0] }).toEqual({ code: 0, first: 'Z000002' });
    expect(out).toMatch(/^sales net_fen +0 fen$/m);
  });

  it.each<[string[], RegExp]>([
    [['Z9'], /^there is no report Z000009/],
    [['Y1'], /^Y1 is no number of a report/],
    [["Z1'; DROP TABLE journal"], /is no number of a report/],
    [['Z1', '--json', '--csv'], /not both/],
  ])('%j is refused', (args, words) => {
    expect(yima('report', 'show', ...args, ...at())).toMatchObject({
      code: 1,
      out: '',
      err: expect.stringMatching(words),
    });
  });
});

it('a text that a spreadsheet would run stays a text', () => {
  const figure = { section: 's', field: 'f', count: null, amount_fen: -5, text: null };
  expect(
    csvOf([
      { ...figure, key: '=1+1' },
      { ...figure, key: 'a,"b"' },
    ])
      .split('\n')
      .slice(1),
  ).toEqual(["s,f,'=1+1,,-5", 's,f,"a,""b""",,-5']);
});

describe('the second computation', () => {
  it('accepts what yima journal export prints', () => {
    const exported = yima('journal', 'export', ...at());
    const { code, out } = node('audit/main.ts', ['-'], exported.out);
    expect({ code, last: out.trimEnd().split('\n').at(-1) }).toEqual({
      code: 0,
      last: expect.stringMatching(/^AUDIT OK: \d+ records, 3 reports$/),
    });
  });

  it('runs by yima audit, also as JSON', () => {
    expect(yima('audit', ...at())).toMatchObject({
      code: 0,
      out: expect.stringMatching(
        /^X 1 \(record \d+\) same\nZ 1 [^]*same\nZ 2 [^]*AUDIT OK: \d+ records, 3 reports\n$/,
      ),
    });
    expect(JSON.parse(yima('audit', ...at(), '--json').out)).toMatchObject({ ok: true, faults: [] });
  });

  it('names the figure of a sealed Z that was altered, exit 1', () => {
    const copy = mkdtempSync(join(directory, 'copy-'));
    copyState(state, copy);
    tamper(
      copy,
      `UPDATE journal SET body = replace(body, '"net_fen":450', '"net_fen":451') WHERE type = 'day.closed'`,
    );
    const { code, out, err } = yima('audit', '--state', copy);
    expect(code).toBe(1);
    expect(out).toMatch(/^Z 1 \(record \d+\) DIFFERS\n {2}sales\.net_fen: 451 != 450$/m);
    expect(err).toMatch(/^AUDIT FAILED/);
    expect(yima('audit', '--state', directory)).toMatchObject({
      code: 1,
      err: expect.stringMatching(/^E-DB-06/),
    });
  });
});
