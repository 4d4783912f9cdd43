// `yima bill fetch`: the acquirer's bill of one day into a file, for `yima reconcile`. It asks with the route's keys, beside a running core
// or without one, and touches no state directory.
import { createHash } from 'node:crypto';
import { join } from 'node:path';
import type { Command } from 'commander';
import type { BillAnswer, BillFile, BillProof } from '../../acquirers/transport/bill.ts';
import type { RouteConfiguration } from '../../contract/configuration-routes.ts';
import { ConfigurationRefused, loadConfiguration } from '../../core/configuration.ts';
import { causeText, fetcherOf, type Kept, keepBill } from '../../core/fetch-bill.ts';
import { systemClock } from '../../core/system.ts';
import { isDate } from '../../reconciliation/bills/bill.ts';
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
  return fetcherOf(loadConfiguration(options.config), route, systemClock())(options.date);
}

function kept(folder: string, route: RouteConfiguration, file: BillFile, date: string): Kept {
  try {
    return keepBill(folder, route, file, date);
  } catch (error) {
    throw bad(error instanceof Error ? error.message : String(error));
  }
}

async function keep({ out, date }: Options, route: RouteConfiguration, file: BillFile): Promise<void> {
  const found = kept(out, route, file, date);
  const { exitCode, text } = failures.damaged;
  if (found.kind === 'damaged')
    throw new Refused(`the bill of ${date} ${text}\n${causeText(found.fault)}`, { exitCode });
  const path = join(out, found.name);
  if (found.kind === 'taken') throw bad(`${path} is there with another content, and stays`);
  const sha256 = createHash('sha256').update(file.bytes).digest('hex');
  await print(`${path}${found.wasThere ? ' (was there already)' : ''}`);
  await print(`${file.bytes.length} bytes, SHA-256 ${sha256}; ${proofs[file.proof]}`);
  if (found.fault !== null)
    throw new Refused(`it is the acquirer's, and can't be read here: ${causeText(found.fault)}`, {
      exitCode,
    });
  await print(`yima reconcile --bill ${path} --rail ${route.adapter} --route ${route.id} --state DIR`);
}

async function fetchTo(options: Options): Promise<void> {
  if (!isDate(options.date)) throw bad(`--date ${options.date} is no date YYYY-MM-DD`);
  try {
    const route = routeOf(options);
    const answer = await ask(options, route);
    if (answer.kind === 'fetched') return await keep(options, route, answer.file);
    const { exitCode, text } = failures[answer.kind];
    throw new Refused(`the bill of ${options.date} ${text} (${causeText(answer.cause)})`, { exitCode });
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
