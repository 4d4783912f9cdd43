// Days in virtual time, recorded and done again: the same head, wherever the recording was torn; and what is tampered with, or
// decided otherwise by a changed program, is named. More seeds: node test/replay/main.ts.
import { spawnSync } from 'node:child_process';
import { copyFileSync, rmSync, truncateSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Incident } from '../../tools/replay/incident.ts';
import { readIncident } from '../../tools/replay/read-incident.ts';
import { replay, type Replayed } from '../../tools/replay/replay.ts';
import { writeIncident } from '../../tools/replay/write-incident.ts';
import { makeDirectory } from '../month/directory.ts';
import { seedOfCommit } from '../commit-seed.ts';
import { checkIncident } from './check-incident.ts';
import { makeIncident, kinds } from './incident-maker.ts';

const seed = seedOfCommit() % 1_000_000;
process.stdout.write(`replay: seed ${seed}\n`);

// A seed each: on a busy machine a day costs seconds.
it.each(kinds.map((kind, index) => ({ kind, one: seed + index })))(
  'an incident whose recording is $kind replays to the head of the journal, seed $one',
  { timeout: 120_000 },
  async ({ kind, one }) => {
    const { problems, replayed } = await checkIncident({ seed: one, kind, days: 2, sales: 20 });
    expect(problems, `node test/replay/main.ts --seeds ${one} --kind ${kind} --days 2 --sales 20`).toEqual(
      [],
    );
    if (kind === 'ring') expect(replayed.notes.length).toBeGreaterThan(0);
  },
);

describe('one day', () => {
  let directory = '';
  let file = '';
  let day: Incident;
  let counter = 0;
  beforeAll(async () => {
    directory = makeDirectory();
    file = join(directory, 'incident.gz');
    const { stateDirectory } = makeIncident({ directory, seed: 5, days: 1, sales: 40, kind: 'whole' });
    await writeIncident(stateDirectory, file);
    day = await readIncident(file);
  });
  afterAll(() => rmSync(directory, { recursive: true }));

  function again(changed: Partial<Incident>, to?: number): Replayed {
    counter += 1;
    const scratch = { directory: join(directory, `scratch${counter}`) };
    return replay({ ...day, ...changed }, to === undefined ? scratch : { ...scratch, to });
  }

  /** The place of the first line that `pattern` fits, and the lines with that one changed. */
  function tampered(pattern: RegExp, by: string): { place: string; inputs: Incident['inputs'] } {
    const index = day.inputs.findIndex(({ text }) => pattern.test(text));
    const found = day.inputs[index];
    if (found === undefined) throw new Error(`no line with ${pattern.source}`);
    const text = found.text.replace(pattern, by);
    return { place: `${found.file}:${found.line}`, inputs: day.inputs.with(index, { ...found, text }) };
  }

  it('explains every record, and has the marks of the outbox among its inputs', () => {
    expect(day.inputs.filter(({ text }) => text.startsWith('{"sent"')).length).toBeGreaterThan(10);
    expect(again({})).toMatchObject({ difference: null, notes: [], records: day.rows.length });
  });

  it.each([
    ['a price', /"price_fen":(\d+)/, '"price_fen":1$1', /record \d+ differs/],
    [
      'an approval that was a decline',
      /"kind":"approved","proof":\{[^}]*\}/,
      '"kind":"declined","code":"X","reason":"other"',
      /record \d+ differs/,
    ],
    ['the time', /"now_ms":(\d+)(?=.*codeScanned)/, '"now_ms":1$1', /record \d+ differs/],
    [
      'chance, which made an order number',
      /"entropy":"\w+"(?=.*codeScanned)/,
      '"entropy":"0123456789abcdef"',
      /record \d+ differs/,
    ],
    ['the place in the journal', /"from":\d+(?=.*tenderStarted)/, '"from":1', /does not follow/],
  ])('names an input that was tampered with: %s', (_, pattern, by, what) => {
    const { place, inputs } = tampered(pattern, by);
    expect(again({ inputs }).difference).toMatchObject({ place, what: expect.stringMatching(what) });
  });

  it('names a record that was tampered with, after doing again what comes before it', () => {
    const row = day.rows[100];
    if (row === undefined) throw new Error('a short day');
    const rows = day.rows.with(100, { ...row, body: row.body.replace('{', '{"more":1,') });
    const { difference, head } = again({ rows, inputs: day.inputs });
    expect(head.sequence).toBeLessThanOrEqual(100);
    expect(difference?.what ?? '').toMatch(/record 101|ends before/);
  });

  it('goes on from the journal where a line is missing or torn', () => {
    const index = day.inputs.findIndex(({ text }) => text.includes('"cashTaken"'));
    const found = day.inputs[index];
    if (found === undefined) throw new Error('no cash was taken');
    const missing = again({ inputs: day.inputs.toSpliced(index, 1) });
    expect(missing).toMatchObject({ difference: null, head: { sequence: day.rows.length } });
    expect(missing.notes).toEqual([
      expect.stringMatching(/taken from the journal, their inputs are missing/),
    ]);
    const torn = again({ inputs: day.inputs.with(index, { ...found, text: found.text.slice(0, 30) }) });
    expect(torn).toMatchObject({ difference: null, head: { sequence: day.rows.length } });
    expect(torn.notes).toHaveLength(2);
  });

  it('refuses a recording of another journal', () => {
    const { place, inputs } = tampered(/"head":\{"sequence":0,"hash":"0/, '"head":{"sequence":0,"hash":"1');
    expect(again({ inputs }).difference).toMatchObject({
      place,
      what: 'the recording belongs to another journal',
    });
  });

  it('stops where it is told to', () => {
    const { head, difference } = again({}, 50);
    expect(difference).toBeNull();
    expect(head.sequence).toBeGreaterThanOrEqual(50);
    expect(head.sequence).toBeLessThan(60);
  });

  it('refuses half a file', async () => {
    const half = join(directory, 'half.gz');
    copyFileSync(file, half);
    truncateSync(half, 5000);
    await expect(readIncident(half)).rejects.toThrow(/no whole incident/);
  });

  const script = fileURLToPath(new URL('../../tools/yima.ts', import.meta.url));
  const yima = (nodeFlags: string[], ...args: string[]) =>
    spawnSync(process.execPath, [...nodeFlags, script, 'replay', ...args], { encoding: 'utf8' });

  it('is told as a story by the command line', () => {
    const { status, stdout } = yima([], file, '--story');
    expect(status).toBe(0);
    expect(stdout).toMatch(/codeScanned .*\(with its code\) {2}\| {2}P\w+ authorizing .*to do: authorize P/);
    expect(stdout).toMatch(/S\w+ tendering → completed/);
    expect(stdout).toMatch(/REPLAY OK: \d+ inputs, \d+ records, head \d+ [0-9a-f]{8}\n$/);
  });

  it('shows what a changed program would have done: its first record that differs, and the input', () => {
    const mutant = fileURLToPath(new URL('mutant.mjs', import.meta.url));
    const { status, stderr } = yima(['--import', mutant], file);
    expect(status).toBe(1);
    expect(stderr).toMatch(
      /^REPLAY DIFFERS at 00000001\.ndjson:\d+ \(cashTaken\): record \d+ differs\n {2}journal: {2}\d+ .*sale\.cashTaken.*\n {2}replayed: \d+ .*sale\.cashTaken/,
    );
  });
});
