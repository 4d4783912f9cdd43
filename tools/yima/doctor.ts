// `yima doctor`: every part of the till examined by the running core, one line each: PASS, FAIL or SKIPPED, the reason and the
// remedy. Without a core, what can be seen from outside.
import { setTimeout } from 'node:timers/promises';
import type { Command } from 'commander';
import type {
  CheckLine,
  DiagnosisStarted,
  DiagnosisView,
  DiagnosisWritten,
} from '../../contract/diagnostics.ts';
import type { Snapshot } from '../../contract/snapshot.ts';
import { connectRpc, type RpcClient, RpcRefused } from '../rpc/client.ts';
import { doctorText } from './doctor-text.ts';
import { outsideLines } from './doctor-outside.ts';
import { assertNew, writeNew } from './new-file.ts';
import { explain, print, Refused } from './program.ts';

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

function diagnosisOf(snapshot: Snapshot): DiagnosisView {
  if (snapshot.diagnosis === null) throw new Refused(explain('E-AUTH-03', 'diagnostics'));
  return snapshot.diagnosis;
}

async function signIn(client: RpcClient, { operator, pin }: Options): Promise<void> {
  const secret = pin ?? process.env['YIMA_PIN'];
  if (operator === undefined || secret === undefined) {
    throw new Refused('a technician or manager signs in: --operator ID, the PIN in YIMA_PIN');
  }
  await client.call('operator.signIn', { operatorId: operator, pin: secret });
}

/** A core that dies meanwhile is waited for no longer. */
function alive(client: RpcClient, snapshot: Promise<Snapshot>): Promise<Snapshot> {
  const died = client.closed.then(() => {
    throw new RpcRefused('CLOSED', 'the core ended in the middle of the examination');
  });
  return Promise.race([snapshot, died]);
}

/** A part test asked for on the command line, to its end. */
async function testPart(
  client: RpcClient,
  command: 'diagnostics.printTest' | 'diagnostics.drawerTest',
  part: 'printTest' | 'drawerTest',
): Promise<void> {
  await client.call(command);
  // Anew: the newest snapshot may be from before the call and show how an earlier test ended.
  await client.subscribe();
  const ended = (snapshot: Snapshot) => !['none', 'running'].includes(diagnosisOf(snapshot)[part].state);
  const { state, detail } = diagnosisOf(await alive(client, client.until(`the end of ${part}`, ended)))[part];
  await print(`${part}: ${state} ${detail}`);
}

async function examine(client: RpcClient, options: Options): Promise<CheckLine[]> {
  await signIn(client, options);
  await client.subscribe();
  const { runId } = (await client.call('diagnostics.start')) as DiagnosisStarted;
  const isDone = (one: Snapshot) => diagnosisOf(one).runId === runId && diagnosisOf(one).state === 'done';
  const snapshot = await alive(client, client.until('the end of the examination', isDone, DEADLINE_ms));
  const { lines } = diagnosisOf(snapshot);
  if (options.report !== undefined) {
    const { report } = (await client.call('diagnostics.report')) as DiagnosisWritten;
    writeNew(options.report, `${JSON.stringify(report, null, 2)}\n`);
  }
  if (options.printTest) await testPart(client, 'diagnostics.printTest', 'printTest');
  if (options.drawerTest) await testPart(client, 'diagnostics.drawerTest', 'drawerTest');
  return lines;
}

/** Null: a core that hangs. */
function firstSnapshot(client: RpcClient): Promise<Snapshot | null> {
  return Promise.race([
    client.call('snapshot.get') as Promise<Snapshot>,
    setTimeout(ANSWER_ms, null, { ref: false }),
  ]);
}

async function linesFor(options: Options): Promise<CheckLine[]> {
  const client = await connectCore(options.state);
  if (typeof client === 'string') return outsideLines(options.state, 'coreSilent', client);
  try {
    const snapshot = await firstSnapshot(client);
    if (snapshot === null)
      return await outsideLines(options.state, 'coreSilent', `no answer in ${ANSWER_ms / 1000} s`);
    const { refusal } = snapshot;
    if (refusal === null) return await examine(client, options);
    return await outsideLines(options.state, 'coreRefuses', `${refusal.code} ${refusal.detail}`);
  } catch (error) {
    if (!(error instanceof RpcRefused)) throw error;
    if (error.code === 'CLOSED') return await outsideLines(options.state, 'coreSilent', error.message);
    throw new Refused(explain(error.code, error.message.slice(error.code.length + 1)), { cause: error });
  } finally {
    client.close();
  }
}

async function doctor(options: Options): Promise<void> {
  if (options.lang !== 'zh' && options.lang !== 'en') throw new Refused('--lang is zh or en');
  if (options.report !== undefined) assertNew(options.state, options.report);
  const lines = await linesFor(options);
  await print(options.json ? JSON.stringify(lines, null, 2) : doctorText(lines, options.lang));
  const failed = lines.filter(({ verdict }) => verdict === 'fail').length;
  if (failed > 0) throw new Refused(`${failed} of ${lines.length} checks failed`);
}

export function addDoctorCommand(program: Command): void {
  program
    .command('doctor')
    .description('examine devices, network, disk and journal; exit 1 when something failed')
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
