// `yima reconcile`: an acquirer's bill of one day against the till's journal, beside a running core or without one.
// Exit codes: 0 no difference, 1 differences, 2 bad input.
import { readFileSync } from 'node:fs';
import { basename } from 'node:path';
import type { Command } from 'commander';
import { DatabaseRefused } from '../../db/errors.ts';
import { openReader } from '../../db/read.ts';
import { BadBill, isDate, type Rail, rails } from '../../reconciliation/bills/bill.ts';
import { readBill } from '../../reconciliation/bills/read.ts';
import { csvOf } from '../../reconciliation/csv.ts';
import { BadJournal } from '../../reconciliation/journal/fields.ts';
import type { TillBooks } from '../../reconciliation/journal/items.ts';
import { readBooks } from '../../reconciliation/journal/read.ts';
import { reconcile } from '../../reconciliation/reconcile.ts';
import { isDifference, summaryLines } from '../../reconciliation/summary.ts';
import { assertNew, writeNew } from './new-file.ts';
import { explain, print, Refused } from './program.ts';

const EXIT_DIFFERS = 1;
const EXIT_BAD_INPUT = 2;

type Options = {
  bill: string;
  rail: string;
  state: string;
  route: string[];
  date?: string;
  merchant?: string;
  terminal?: string;
  rate?: string;
  csv?: string;
};

function bad(message: string): Refused {
  return new Refused(message, { exitCode: EXIT_BAD_INPUT });
}

function railOf(text: string): Rail {
  const rail = rails.find((one) => one === text);
  if (rail === undefined) throw bad(`--rail ${text} is none of ${rails.join(', ')}`);
  return rail;
}

/** "0.38%" -> 3800 millionths */
function rateOf(text: string | undefined): number | null {
  if (text === undefined) return null;
  const [, whole = '', decimals = ''] = /^(\d{1,2})(?:\.(\d{1,4}))?%$/.exec(text) ?? [];
  if (whole === '') throw bad(`--rate ${text} is no rate: 0.38%, say`);
  return Number(`${whole}${decimals.padEnd(4, '0')}`);
}

function readFile(file: string): Buffer {
  try {
    return readFileSync(file);
  } catch (error) {
    throw bad(error instanceof Error ? error.message : String(error));
  }
}

/** A file that may not be written is no difference of the day, and has not its exit code. */
function asBadInput(step: () => void): void {
  try {
    step();
  } catch (error) {
    throw error instanceof Refused ? bad(error.message) : error;
  }
}

function booksOf({ state, terminal }: Options): TillBooks {
  const reader = openReader(state);
  try {
    return readBooks(reader.records(0), terminal ?? null);
  } finally {
    reader.close();
  }
}

/** One route needs no name; of several, which of them this bill is of is not guessed. */
function routesOf({ orders }: TillBooks, named: readonly string[]): ReadonlySet<string> {
  const known = new Set(orders.map((order) => order.routeId));
  const strange = named.filter((route) => !known.has(route));
  if (strange.length > 0 && known.size > 0) {
    throw bad(`--route ${strange.join(', ')}: this journal knows ${[...known].toSorted().join(', ')}`);
  }
  if (named.length > 0) return new Set(named);
  if (known.size > 1) {
    throw bad(`the till has several routes: say with --route which of ${[...known].toSorted().join(', ')}`);
  }
  return known;
}

/** Whose books it is of, where the merchant is named and the journal has one of that number: an id may have had another before. */
function partiesOf({ orders }: TillBooks, rail: Rail, { merchant = '' }: Options): { parties?: Set<string> } {
  const party = `${rail}:${merchant}`;
  return orders.some((order) => order.party === party) ? { parties: new Set([party]) } : {};
}

async function compare(options: Options): Promise<void> {
  const rail = railOf(options.rail);
  const rate_ppm = rateOf(options.rate);
  const billDate = options.date ?? null;
  if (billDate !== null && !isDate(billDate)) throw bad(`--date ${billDate} is no date YYYY-MM-DD`);
  const { csv } = options;
  if (csv !== undefined) asBadInput(() => assertNew(options.state, csv));
  const bill = readBill(rail, {
    file: basename(options.bill),
    bytes: readFile(options.bill),
    billDate,
    merchant: options.merchant ?? null,
  });
  const books = booksOf(options);
  const routeIds = routesOf(books, options.route);
  const result = reconcile(bill, books, { routeIds, ...partiesOf(books, rail, options), rate_ppm });
  if (csv !== undefined) asBadInput(() => writeNew(csv, csvOf(result)));
  for (const line of summaryLines(result)) await print(line);
  const count = result.findings.filter(isDifference).length;
  if (count > 0) throw new Refused(`${count} differences`, { exitCode: EXIT_DIFFERS });
}

async function run(options: Options): Promise<void> {
  try {
    await compare(options);
  } catch (error) {
    if (error instanceof DatabaseRefused) throw bad(explain(error.code, error.message));
    if (error instanceof BadBill || error instanceof BadJournal) throw bad(error.message);
    throw error;
  }
}

export function addReconcileCommand(program: Command): void {
  program
    .command('reconcile')
    .description(
      "an acquirer's bill of one day against the journal; exit 1 when anything differs, 2 on bad input",
    )
    .requiredOption('--bill <file>', 'the bill, unpacked')
    .requiredOption('--rail <rail>', `whose format it has: ${rails.join(', ')}`)
    .requiredOption('--state <dir>', 'state directory of the till')
    .option(
      '--route <id>',
      'route of the till that this bill is of; may be repeated; not needed when there is one',
      (id: string, all: string[]) => [...all, id],
      [],
    )
    .option(
      '--date <date>',
      'the day that the bill must be of, YYYY-MM-DD; needed for an empty WeChat Pay bill, and where a UnionPay file has lost its name',
    )
    .option(
      '--merchant <number>',
      "the shop's number at the acquirer: another shop's bill is refused (Alipay's: the merchant's account, 2088 and 12 digits)",
    )
    .option(
      '--terminal <code>',
      "the till's own number, with which its orders begin; needed where it has sold nothing by a code yet",
    )
    .option('--rate <percent>', 'fee of the contract, 0.38% say: each fee is checked against it')
    .option('--csv <file>', 'all findings as a table, in a new file')
    .action(run);
}
