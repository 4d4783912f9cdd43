// `yima bill fetch`: the acquirer's bill of one day into a file, for `yima reconcile`. It asks with the route's keys, beside a running core
// or without one, and touches no state directory.
import { createHash } from 'node:crypto';
import { join } from 'node:path';
import type { Command } from 'commander';
import type { BillAnswer, BillFile, BillProof } from '../../acquirers/transport/bill.ts';
import type { RouteConfiguration } from '../../contract/configuration-routes.ts';
import { openBills } from '../../core/acquirers.ts';
import { ConfigurationRefused, loadConfiguration, readCertificates } from '../../core/configuration.ts';
import { placeOf } from '../../core/route-files.ts';
import { systemClock } from '../../core/system.ts';
import { BadBill, isDate } from '../../reconciliation/bills/bill.ts';
import { readBill } from '../../reconciliation/bills/read.ts';
import { safeName, writeBill } from './bill-file.ts';
import { explain, print, Refused } from './program.ts';

type Options = { config: string; route: string; date: string; out: string };

const EXIT_BAD_INPUT = 2;

type Failure = Exclude<BillAnswer['kind'], 'fetched'>;

/** Exit code, and what it means to who asked. */
const failures: Readonly<Record<Failure, { exitCode: number; text: string }>> = {
  notReady: { exitCode: 3, text: 'is not ready yet: ask again later' },
  none: { exitCode: 4, text: 'is not there: the acquirer has none of that day' },
  damaged: { exitCode: 5, text: 'came damaged, or from somebody else: nothing was kept' },
  refused: { exitCode: 6, text: 'was refused' },
  noAnswer: { exitCode: 7, text: 'could not be asked for: no answer' },
};

const proofs: Readonly<Record<BillProof, string>> = {
  digest: "its digest is that of the acquirer's signed answer",
  signature: "the acquirer's signature covers it",
  sums: 'nobody signed it: it came over TLS, is whole, and its own totals agree',
};

function bad(message: string): Refused {
  return new Refused(message, { exitCode: EXIT_BAD_INPUT });
}

function routeOf({ config, route: id }: Options): RouteConfiguration {
  const { routes } = loadConfiguration(config);
  const found = routes.find((one) => one.id === id);
  if (found === undefined)
    throw bad(`--route ${id}: ${config} has ${routes.map((one) => one.id).join(', ')}`);
  return found;
}

async function ask(options: Options, route: RouteConfiguration): Promise<BillAnswer> {
  const configuration = loadConfiguration(options.config);
  const place = placeOf(configuration.routes, route);
  const ca = route.caFile === undefined ? null : readCertificates(`${place}.caFile`, route.caFile);
  const target = { baseUrl: route.baseUrl, ca, timeout_ms: route.connectTimeout_ms };
  const fetchBill = openBills({ route, place, configuration, target, clock: systemClock() });
  return fetchBill(options.date);
}

/** Null: it can be compared; else where it can't be read. */
function unreadable(rail: RouteConfiguration['adapter'], name: string, file: BillFile, date: string) {
  try {
    readBill(rail, { file: name, bytes: file.bytes, billDate: date });
    return null;
  } catch (error) {
    if (error instanceof BadBill) return error.message;
    throw error;
  }
}

async function keep(options: Options, route: RouteConfiguration, file: BillFile): Promise<void> {
  const name = safeName(file.name);
  const fault = unreadable(route.adapter, name, file, options.date);
  const { exitCode, text } = failures.damaged;
  // Without a signature its own sums are all that there is: a file that nobody proves is not kept.
  if (fault !== null && file.proof === 'sums')
    throw new Refused(`the bill of ${options.date} ${text}\n${fault}`, { exitCode });
  // What the acquirer proved and we can't read is kept for people, and leaves the name free.
  const kept = fault === null ? name : `${name}.unread`;
  const path = join(options.out, kept);
  const written = write(options.out, kept, file.bytes);
  if (written === 'other') throw bad(`${path} is there with another content, and stays`);
  const sha256 = createHash('sha256').update(file.bytes).digest('hex');
  await print(`${path}${written === 'there' ? ' (was there already)' : ''}`);
  await print(`${file.bytes.length} bytes, SHA-256 ${sha256}; ${proofs[file.proof]}`);
  if (fault !== null)
    throw new Refused(`it is the acquirer's, and can't be read here: ${fault}`, { exitCode });
  await print(`yima reconcile --bill ${path} --rail ${route.adapter} --route ${route.id} --state DIR`);
}

function write(folder: string, name: string, bytes: Buffer) {
  try {
    return writeBill(folder, name, bytes);
  } catch (error) {
    throw bad(error instanceof Error ? error.message : String(error));
  }
}

async function fetchTo(options: Options): Promise<void> {
  if (!isDate(options.date)) throw bad(`--date ${options.date} is no date YYYY-MM-DD`);
  try {
    const route = routeOf(options);
    const answer = await ask(options, route);
    if (answer.kind === 'fetched') return await keep(options, route, answer.file);
    const { exitCode, text } = failures[answer.kind];
    throw new Refused(`the bill of ${options.date} ${text} (${answer.cause})`, { exitCode });
  } catch (error) {
    if (error instanceof ConfigurationRefused) throw bad(explain(error.code, error.message));
    throw error;
  }
}

export function addBillCommands(program: Command): void {
  program
    .command('bill')
    .description('bills of the acquirers')
    .command('fetch')
    .description(
      'the bill of one day into a file; exit 2 bad input, 3 not ready yet, 4 none of that day, 5 damaged, 6 refused, 7 no answer',
    )
    .requiredOption('--config <file>', 'configuration of the till (JSON)')
    .requiredOption('--route <id>', 'whose bill')
    .requiredOption('--date <date>', "the acquirer's day, YYYY-MM-DD")
    .requiredOption('--out <dir>', 'folder of the file, made if it is missing')
    .action(fetchTo);
}
