// The command: what it prints and how it ends.
import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import type { JournalRow } from './chain.ts';
import { rowOf } from './reading.ts';
import { forged } from './testing/journal.ts';
import { randomJournal, stepsOf } from './testing/random-journal.ts';

function audit(args: string[], input = '') {
  const main = join(import.meta.dirname, 'main.ts');
  const { status, stdout, stderr } = spawnSync(process.execPath, [main, ...args], {
    input,
    encoding: 'utf8',
  });
  return { status, lines: stdout.trimEnd().split('\n'), stderr };
}

/** As `yima journal export` writes it. */
function exported(rows: readonly JournalRow[]): string {
  return rows
    .map(({ body, ...rest }) => JSON.stringify({ ...rest, body: JSON.parse(body) as unknown }))
    .join('\n');
}

const rows = randomJournal(stepsOf(9, 250));
const last = rows.length - 1;

it('says "same" of every report, then OK', () => {
  const { status, lines, stderr } = audit(['-'], exported(rows));
  expect(stderr).toBe('');
  expect(status).toBe(0);
  const reports = rows.filter((row) => row.type === 'report.taken' || row.type === 'day.closed').length;
  expect(lines.filter((line) => /^[XZ] \d+ \(record \d+\) same$/.test(line))).toHaveLength(reports);
  expect(lines.at(-1)).toBe(`AUDIT OK: ${rows.length} records, ${reports} reports`);
});

it('names the field of a sealed report that differs, and fails', () => {
  const body = JSON.parse(rows[last]?.body ?? '') as { report: { net_fen: number } };
  const net_fen = body.report.net_fen;
  const wrong = forged(
    rows,
    last,
    { ...body, report: { ...body.report, net_fen: net_fen + 1 } },
    { hidesHead: true },
  );
  const { status, lines } = audit(['-'], exported(wrong));
  expect(status).toBe(1);
  const told = `DIFFERS net_fen: journal ${net_fen + 1}, recomputed ${net_fen}`;
  expect(lines.some((line) => line.startsWith('Z ') && line.endsWith(told))).toBe(true);
  expect(lines.at(-1)).toMatch(/^AUDIT FAILED: 1 faults, 1 of \d+ reports differ/);
});

it('gives the same as JSON', () => {
  const { status, lines } = audit(['-', '--json'], exported(rows));
  expect(status).toBe(0);
  expect(JSON.parse(lines[0] ?? '')).toMatchObject({ ok: true, records: rows.length, faults: [] });
});

it('names the line that is no record', () => {
  const lines = exported(rows).split('\n');
  const cut = [...lines.slice(0, 4), lines[4]?.slice(0, 20), ...lines.slice(5)].join('\n');
  expect(audit(['-'], cut)).toMatchObject({ status: 1, stderr: expect.stringMatching(/line 5 is not JSON/) });
  expect(() => rowOf('{"sequence":"1"}', 7)).toThrow('line 7: sequence is not a whole number');
  expect(() => rowOf('{"sequence":1,"at":"","type":"x","body":{}}', 8)).toThrow('line 8: hash is not a text');
  expect(() => rowOf('{"sequence":1,"at":"","type":"x","hash":""}', 9)).toThrow('line 9: body is missing');
});

it('fails on an empty export and on a file that is not there', () => {
  expect(audit(['-'], '')).toMatchObject({ status: 1, lines: ['AUDIT FAILED: the export holds no record'] });
  expect(audit(['/nowhere/export.jsonl'])).toMatchObject({
    status: 1,
    stderr: expect.stringMatching(/ENOENT/),
  });
});

it('refuses wrong usage with 64', () => {
  for (const args of [[], ['a', '--loud']]) {
    expect(audit(args)).toMatchObject({
      status: 64,
      stderr: expect.stringMatching(/usage: node audit\/main.ts/),
    });
  }
});
