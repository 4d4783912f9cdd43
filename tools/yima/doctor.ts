// `yima doctor`: every part of the till examined by the running core, one line each: PASS, FAIL or SKIPPED, the reason and the
// remedy. Without a core, what can be seen from outside.
import { setTimeout } from 'node:timers/promises';
import type { Command } from 'commander';
import type { CheckLine, DiagnosisStarted, DiagnosisWritten, Finding } from '../../contract/diagnostics.ts';
import type { Language, Snapshot } from '../../contract/snapshot.ts';
import { connectRpc, type RpcClient, RpcRefused } from '../rpc/client.ts';
import { alive, diagnosisOf, testPart, toldBy } from './doctor-parts.ts';
import { doctorText } from './doctor-text.ts';
import { outsideLines } from './doctor-outside.ts';
import { assertNew, writeNew } from './new-file.ts';
import { print, Refused } from './program.ts';

type Options = {
  state: string;
  operator?: string;
  pin?: string;
  lang: string;
  json: boolean;
  report?: string;
  printTest: boolean;
  drawerTest: boolean;
};

/** A journal of a year takes a minute to verify. */
const DEADLINE_ms = 15 * 60 * 1000;

/** A core that does nothing else answers in milliseconds; one that takes an X of a long day, in a second or two. */
const ANSWER_ms = 10_000;

async function connectCore(state: string): Promise<RpcClient | string> {
  const path = `${state}/control.sock`;
  try {
    return await connectRpc(path);
  } catch (error) {
    return `${path}: ${error instanceof Error ? error.message : String(error)}`;
  }
}

async function signIn(client: RpcClient, { operator, pin }: Options): Promise<void> {
  const secret = pin ?? process.env['YIMA_PIN'];
  if (operator === undefined || secret === undefined) {
    throw new Refused('a technician or manager signs in: --operator ID, the PIN in YIMA_PIN');
  }
  await client.call('operator.signIn', { operatorId: operator, pin: secret });
}

async function examine(client: RpcClient, options: Options): Promise<CheckLine[]> {
  await signIn(client, options);
  await client.subscribe();
  const { runId } = (await client.call('diagnostics.start')) as DiagnosisStarted;
  const isDone = (one: Snapshot) => diagnosisOf(one).runId === runId && diagnosisOf(one).state === 'done';
  const ended = client.until('the end of the examination', isDone, DEADLINE_ms);
  return diagnosisOf(await alive(client, 'the examination', ended)).lines;
}

async function writeReport(client: RpcClient, file: string): Promise<string | null> {
  try {
    const { report } = (await client.call('diagnostics.report')) as DiagnosisWritten;
    writeNew(file, `${JSON.stringify(report, null, 2)}\n`);
    return null;
  } catch (error) {
    if (error instanceof RpcRefused) return `no report: ${toldBy(error)}`;
    if (error instanceof Refused) return error.message;
    throw error;
  }
}

/** The report and the tests that were asked for: what of them went wrong. */
async function finish(client: RpcClient, options: Options): Promise<string[]> {
  const { report } = options;
  const ends = [
    report === undefined ? null : await writeReport(client, report),
    options.printTest ? await testPart(client, 'printTest') : null,
    options.drawerTest ? await testPart(client, 'drawerTest') : null,
  ];
  return ends.filter((end) => end !== null);
}

/** Null: a core that hangs. */
function firstSnapshot(client: RpcClient): Promise<Snapshot | null> {
  return Promise.race([
    client.call('snapshot.get') as Promise<Snapshot>,
    setTimeout(ANSWER_ms, null, { ref: false }),
  ]);
}

/** `core`: one that serves, and can be asked for more. */
type Seen = { lines: CheckLine[]; core: RpcClient | null };

async function seenFrom(client: RpcClient | string, options: Options): Promise<Seen> {
  const outside = async (finding: Finding, detail: string): Promise<Seen> => ({
    lines: await outsideLines(options.state, finding, detail),
    core: null,
  });
  if (typeof client === 'string') return outside('coreSilent', client);
  try {
    const snapshot = await firstSnapshot(client);
    if (snapshot === null) return await outside('coreSilent', `no answer in ${ANSWER_ms / 1000} s`);
    const { refusal } = snapshot;
    if (refusal !== null) return await outside('coreRefuses', `${refusal.code} ${refusal.detail}`);
    return { lines: await examine(client, options), core: client };
  } catch (error) {
    if (!(error instanceof RpcRefused)) throw error;
    if (error.code === 'CLOSED') return await outside('coreSilent', error.message);
    throw new Refused(toldBy(error), { cause: error });
  }
}

async function tell(client: RpcClient | string, options: Options, language: Language): Promise<void> {
  const { lines, core } = await seenFrom(client, options);
  // Before anything that may take minutes, or go wrong: what was found out is not lost to it.
  await print(options.json ? JSON.stringify(lines, null, 2) : doctorText(lines, language));
  const failed = lines.filter(({ verdict }) => verdict === 'fail').length;
  const problems = failed > 0 ? [`${failed} of ${lines.length} checks failed`] : [];
  if (core !== null) problems.push(...(await finish(core, options)));
  if (problems.length > 0) throw new Refused(problems.join('\n'));
}

async function doctor(options: Options): Promise<void> {
  const { lang } = options;
  if (lang !== 'zh' && lang !== 'en') throw new Refused('--lang is zh or en');
  if (options.report !== undefined) assertNew(options.state, options.report);
  const client = await connectCore(options.state);
  try {
    await tell(client, options, lang);
  } finally {
    if (typeof client !== 'string') client.close();
  }
}

export function addDoctorCommand(program: Command): void {
  program
    .command('doctor')
    .description(
      'examine devices, network, disk and journal; exit 1 when something failed, or a test did not end as done',
    )
    .requiredOption('--state <dir>', 'state directory of the till')
    .option('--operator <id>', 'technician or manager')
    .option('--pin <pin>', 'better in the environment as YIMA_PIN')
    .option('--lang <language>', 'zh or en', 'zh')
    .option('--json', 'the lines as JSON', false)
    .option('--report <file>', 'write the whole report, without secrets, to a new file')
    .option('--print-test', 'print a test page too', false)
    .option('--drawer-test', 'open the drawer too (journaled)', false)
    .action(doctor);
}
