// What the recording holds and what it does not, on a till driven by hand: refusals, shared commits, the input that ended the
// program, disks that fail, and no secret.
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { createRecorder, type InputLine } from '../../core/engine/recording.ts';
import { inputFileNames, INPUTS_FOLDER, openInputFiles } from '../../db/input-files.ts';
import { HEAD_FILE } from '../../db/head-file.ts';
import { JOURNAL_FILE } from '../../db/store.ts';
import { type DrivenTill, openDrivenTill, proof } from '../../fixtures/databases/till.ts';
import { readIncident } from '../../tools/replay/read-incident.ts';
import { replay, type Replayed } from '../../tools/replay/replay.ts';
import { writeIncident } from '../../tools/replay/write-incident.ts';
import { recordedText } from './incident-maker.ts';

let directory = '';
let state = '';
let till: DrivenTill;
beforeEach(() => {
  directory = mkdtempSync(join(tmpdir(), 'yima-driven-'));
  state = join(directory, 'state');
  till = open();
});
afterEach(() => {
  till.close();
  rmSync(directory, { recursive: true });
});

function open(): DrivenTill {
  return openDrivenTill(state, createRecorder(openInputFiles(join(state, INPUTS_FOLDER)), '0.1.0'));
}

function linesWith(word: string): InputLine[] {
  return recordedText(state)
    .split('\n')
    .filter((text) => text.includes(word))
    .map((text) => JSON.parse(text) as InputLine);
}

/** Exported beside the running till. */
async function again(): Promise<Replayed> {
  const file = join(mkdtempSync(join(directory, 'export-')), 'incident.gz');
  await writeIncident(state, file);
  return replay(await readIncident(file), { directory: mkdtempSync(join(directory, 'scratch-')) });
}

const code = (last: number): string => `13012345678901234${last}`;

it('a refusal leaves no record, and is recorded without what was typed', async () => {
  const paidOut = {
    kind: 'cashMoved',
    direction: 'paidOut',
    amount_fen: 9_999_999,
    operatorId: 'lin',
  } as const;
  expect(till.engine.ask({ ...paidOut, approverId: 'chen', reason: 'call 13800138000' })).not.toBeNull();
  expect(linesWith('cashMoved')).toMatchObject([{ refusal: expect.stringMatching(/^E-/) }]);
  expect(recordedText(state)).not.toContain('13800138000');
  const text = recordedText(state);
  expect(await again()).toMatchObject({ difference: null, notes: [] });
  const [file = ''] = inputFileNames(join(state, INPUTS_FOLDER));
  writeFileSync(join(state, INPUTS_FOLDER, file), text.replace(/"refusal":"[^"]+"/, '"refusal":"E-NET-01"'));
  expect((await again()).difference).toMatchObject({ input: 'cashMoved', what: 'refused otherwise' });
});

it('results that share a commit are one input', async () => {
  till.route(true);
  till.route(false);
  const [first, second] = [till.sell(code(1)), till.sell(code(2))];
  till.route(true);
  till.engine.post({ kind: 'forwarded', routeId: 'gateway', window: 2 });
  till.engine.postTogether([
    { event: { kind: 'payment', attemptId: first, event: { kind: 'approved', proof } }, options: {} },
    {
      event: { kind: 'payment', attemptId: second, event: { kind: 'undecided', code: 'BUSY' } },
      options: {},
    },
  ]);
  expect(linesWith('"BUSY"')).toMatchObject([{ events: [{}, {}] }]);
  const { difference, records } = await again();
  expect(difference).toBeNull();
  expect(records).toBe(till.store.head().sequence);
});

it('events that change nothing are counted only', async () => {
  for (let count = 0; count < 5; count += 1) till.route(true);
  till.engine.ask({ kind: 'languageSet', language: 'en' });
  expect(linesWith('languageSet')).toMatchObject([{ unchanged: 4 }]);
  expect(await again()).toMatchObject({ difference: null });
});

it('the input that ended the program is recorded, and ends it again', async () => {
  const lost = { kind: 'payment', attemptId: 'P009000009', event: { kind: 'timer' } } as const;
  expect(() => till.engine.post(lost)).toThrow();
  expect(linesWith('P009000009')).toMatchObject([{ failed: expect.any(String) }]);
  till.close();
  till = open();
  const { difference, notes } = await again();
  expect(difference).toBeNull();
  expect(notes).toEqual([expect.stringMatching(/payment ended the program, and does so here/)]);
});

it.each([
  ['the disk took nothing', false, [expect.stringMatching(/its disk alone can have: disk I\/O error/)]],
  ['the disk took it and failed all the same', true, []],
])('a commit that threw is what the journal says: %s', async (_, isTaken, expected) => {
  const inner = till.store.commit;
  till.store.commit = (one) => {
    if (isTaken) inner(one);
    throw new Error('disk I/O error');
  };
  expect(() => till.engine.post({ kind: 'languageSet', language: 'en' })).toThrow('disk I/O error');
  till.store.commit = inner;
  till.close();
  till = open();
  expect(till.engine.state.language).toBe(isTaken ? 'en' : 'zh');
  till.route(true);
  const { difference, notes, head } = await again();
  expect(difference).toBeNull();
  expect(notes).toEqual(expected);
  expect(head.sequence).toBe(till.store.head().sequence);
});

it('a till whose recording can not be written sells on, says it once, and its journal still replays', async () => {
  till.close();
  let writes = 0;
  const files = openInputFiles(join(state, INPUTS_FOLDER));
  const recorder = createRecorder(
    {
      ...files,
      write: (text) => {
        writes += 1;
        if (writes > 3) throw Object.assign(new Error('no space left on device, write'), { code: 'ENOSPC' });
        files.write(text);
      },
    },
    '0.1.0',
  );
  till = openDrivenTill(state, recorder);
  till.route(true);
  till.answer(till.sell(code(1)), { kind: 'approved', proof });
  expect(till.engine.state.sales).not.toEqual({});
  expect(writes).toBe(4);
  expect(recorder.fault).toEqual({
    code: 'ENOSPC',
    retry: 'never',
    detail: 'no space left on device, write',
  });
  till.close();
  till = open();
  till.route(false);
  const { difference, notes, head } = await again();
  expect(difference).toBeNull();
  expect(notes).toEqual([expect.stringMatching(/taken from the journal, their inputs are missing/)]);
  expect(head.sequence).toBe(till.store.head().sequence);
});

it('a folder that can not be made is a fault, too', () => {
  till.close();
  const recorder = createRecorder(openInputFiles(join(directory, 'state', 'journal.db', 'inputs')), '0.1.0');
  till = openDrivenTill(state, recorder);
  till.route(true);
  expect(recorder.fault).toMatchObject({ code: expect.stringMatching(/^E/), retry: 'never' });
});

it('the ring holds so many files, each of which begins with all that a replay needs', async () => {
  till.close();
  const folder = join(state, INPUTS_FOLDER);
  till = openDrivenTill(
    state,
    createRecorder(openInputFiles(folder, { file_bytes: 2000, files: 4 }), '0.1.0'),
  );
  for (let count = 0; count < 100; count += 1)
    till.engine.ask({ kind: 'languageSet', language: count % 2 === 0 ? 'en' : 'zh' });
  const names = inputFileNames(folder);
  expect(names).toHaveLength(4);
  for (const name of names) {
    const [line = ''] = readFileSync(join(folder, name), 'utf8')
      .split('\n')
      .filter((text) => text !== '');
    expect(JSON.parse(line)).toMatchObject({ base: 'turn', settings: { terminalCode: '20260002' } });
  }
  expect(await again()).toMatchObject({ difference: null, head: { sequence: till.store.head().sequence } });
});

it('a damaged till gives what can be read, and says what is missing', async () => {
  till.route(true);
  till.answer(till.sell(code(1)), { kind: 'approved', proof });
  const records = till.store.head().sequence;
  till.close();
  const file = join(state, JOURNAL_FILE);
  const bytes = readFileSync(file);
  // The file's first page is left: what is behind it is gone.
  bytes.fill(0xff, 8192);
  writeFileSync(file, bytes);
  rmSync(`${file}-wal`, { force: true });
  const out = join(directory, 'damaged.gz');
  const written = await writeIncident(state, out);
  expect(written.problems).toEqual([expect.stringMatching(/^the journal after record \d+: /)]);
  expect(written.records).toBeLessThan(records);
  const incident = await readIncident(out);
  expect(incident.problems).toEqual(written.problems);
  expect(incident.inputs.length).toBeGreaterThan(5);
  const { difference } = replay(incident, { directory: join(directory, 'scratch') });
  expect(difference?.what).toMatch(/^record \d+ differs$/);
  rmSync(state, { recursive: true });
  till = open();
});

it('a state directory without any journal and recording is told as such', async () => {
  const out = join(directory, 'empty.gz');
  const { problems, records } = await writeIncident(join(directory, 'nowhere'), out);
  expect(records).toBe(0);
  expect(problems).toEqual([
    expect.stringMatching(/inputs is not there: nothing was recorded/),
    expect.stringMatching(/holds no journal/),
  ]);
});

it('after a journal was put back, the inputs of the one that was given up are left out', async () => {
  till.route(true);
  till.close();
  const earlier = readFileSync(join(state, JOURNAL_FILE));
  till = open();
  till.engine.ask({ kind: 'languageSet', language: 'en' });
  till.close();
  writeFileSync(join(state, JOURNAL_FILE), earlier);
  rmSync(join(state, HEAD_FILE));
  till = open();
  till.engine.ask({ kind: 'signedOut' });
  const { difference, notes, head } = await again();
  expect(difference).toBeNull();
  expect(notes).toEqual([expect.stringMatching(/inputs belong to a journal that was given up/)]);
  expect(head.sequence).toBe(till.store.head().sequence);
});

it('an export may leave out the inputs of long before', async () => {
  for (let count = 0; count < 3; count += 1) {
    till.close();
    till = open();
  }
  const out = join(directory, 'late.gz');
  await writeIncident(state, out, till.store.head().sequence);
  const incident = await readIncident(out);
  expect(incident.rows).toHaveLength(till.store.head().sequence);
  expect(incident.inputs[0]?.text).toMatch(/^{"base":"start"/);
  expect(incident.inputs.filter(({ text }) => text.startsWith('{"base"'))).toHaveLength(1);
  const { difference, notes, records } = replay(incident, { directory: join(directory, 'scratch') });
  expect({ difference, records }).toEqual({ difference: null, records: 1 });
  expect(notes).toEqual([expect.stringMatching(/taken from the journal, before the first input/)]);
});
