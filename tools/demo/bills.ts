// The day's bills of the four rails, and `yima reconcile` on them: first as the acquirers have them, then with differences planted. What
// the till itself says is open is named too, and nothing else.
import { spawnSync } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { type BillRail, type BookLine, feeRate_ppm, total } from '../../fixtures/bills/line.ts';
import { billFile, billFileName } from '../../fixtures/bills/write.ts';
import { type Found, type Orders, otherTerminal, type Plant, plants, unknownNumber } from './bill-plants.ts';
import { log } from './play.ts';

const root = resolve(import.meta.dirname, '../..');

/** `orders`: numbers by the demo's names. `open`: what the till hasn't proven, and every comparison must say so. */
export type BillRails = {
  rail: BillRail;
  routeId: string;
  lines: readonly BookLine[];
  orders: Orders;
  /** What each was for, by the same names. */
  amounts_fen: Readonly<Record<string, number>>;
  open: readonly Found[];
}[];

type Compared = { found: Found[]; isExplained: boolean; exitCode: number | null; text: string };

/** As a manager would: the command line, its words and its exit code. */
function compare(one: BillRails[number], file: string, stateDirectory: string): Compared {
  const rate = `${feeRate_ppm[one.rail] / 10_000}%`;
  const parameters = ['--bill', file, '--rail', one.rail, '--route', one.routeId, '--state', stateDirectory];
  const command = [
    join(root, 'tools/yima.ts'),
    'reconcile',
    ...parameters,
    '--rate',
    rate,
    '--csv',
    `${file}.findings.csv`,
  ];
  const { status, stdout, stderr } = spawnSync(process.execPath, command, { encoding: 'utf8' });
  if (status !== 0 && status !== 1) throw new Error(`${file}: exit code ${status}: ${stderr}`);
  const found = [...stdout.matchAll(/^(\w+) .*: (\w+)(?: \/ \w+)?, (-?\d+\.\d\d)$/gm)].map(
    ([, name = '', orderNumber = '', yuan = '']) => ({
      class: name,
      orderNumber,
      effect_fen: Number(yuan.replace('.', '')),
    }),
  );
  return { found, isExplained: /^ +0\.00 .*unexplained$/m.test(stdout), exitCode: status, text: stdout };
}

function numberOf(orders: Orders, name: string): string {
  const paid = orders['paid'] ?? '';
  if (name === 'unknown') return unknownNumber(paid);
  const orderNumber = name === 'other' ? otherTerminal(paid) : orders[name];
  if (orderNumber === undefined || paid === '') throw new Error(`no order was ${name}`);
  return orderNumber;
}

/** Charged less given back, of one order. */
function net_fen(lines: readonly BookLine[], orderNumber: string): number {
  const own = lines.filter((line) => line.orderNumber === orderNumber);
  return total(own, ({ kind, amount_fen }) => (kind === 'pay' ? amount_fen : 0 - amount_fen));
}

function withPlants(one: BillRails[number], own: readonly Plant[]): { lines: BookLine[]; expected: Found[] } {
  let lines = [...one.lines];
  const planted = own.map(({ order, plant, class: name }) => {
    const orderNumber = numberOf(one.orders, order);
    const before_fen = net_fen(lines, orderNumber);
    lines = plant(lines, orderNumber, one.amounts_fen[order] ?? 0);
    return { class: name, orderNumber, effect_fen: net_fen(lines, orderNumber) - before_fen };
  });
  const isPlanted = ({ orderNumber }: Found) => planted.some((each) => each.orderNumber === orderNumber);
  return { lines, expected: [...planted, ...one.open.filter((each) => !isPlanted(each))] };
}

const textOf = (all: readonly Found[]) =>
  all
    .map((one) => `${one.class} ${one.orderNumber} ${one.effect_fen}`)
    .toSorted()
    .join('\n');

/** The bill of each day that the demo has lived through: mostly one. */
function compareDays(
  one: BillRails[number],
  lines: readonly BookLine[],
  name: string,
  options: { out: string; stateDirectory: string },
): Compared[] {
  const folder = join(options.out, 'bills', name);
  mkdirSync(folder, { recursive: true });
  return [...new Set(lines.map(({ billDate }) => billDate))].toSorted().map((billDate) => {
    const file = join(folder, billFileName(one.rail, billDate));
    writeFileSync(file, billFile(one.rail, billDate, lines));
    const compared = compare(one, file, options.stateDirectory);
    writeFileSync(`${file}.txt`, compared.text);
    return compared;
  });
}

/** Explained to the fen, and the exit code says whether anything differs. */
function isFair({ found, isExplained, exitCode }: Compared): boolean {
  return isExplained && exitCode === (found.length === 0 ? 0 : 1);
}

/** Problems, in words; none: the clean bills agree, and each planted difference was found as what it is, to the fen. */
export function billProblems(rails: BillRails, options: { out: string; stateDirectory: string }): string[] {
  const problems: string[] = [];
  let named = 0;
  for (const one of rails) {
    const clean = compareDays(one, one.lines, 'clean', options);
    const asItIs = clean.flatMap(({ found }) => found);
    if (textOf(asItIs) !== textOf(one.open) || clean.some((day) => !isFair(day)))
      problems.push(`${one.rail}: the bill as it is differs: ${textOf(asItIs)}`);
    const own = plants.filter(({ rail }) => rail === one.rail);
    const { lines, expected } = withPlants(one, own);
    const spoiled = compareDays(one, lines, 'planted', options);
    const found = spoiled.flatMap((day) => day.found);
    if (textOf(found) !== textOf(expected))
      problems.push(`${one.rail}: planted\n${textOf(expected)}\nfound\n${textOf(found)}`);
    else named += own.length;
    if (spoiled.some(({ isExplained }) => !isExplained)) problems.push(`${one.rail}: not all is explained`);
    const sums = clean.map(({ text }) => text.trim().split('\n').at(-1)).join('; ');
    log(`  ${one.rail.padEnd(10)} as it is: ${sums}; ${own.length} planted, ${found.length} found`);
  }
  log(`bills: ${named} of ${plants.length} planted differences named, ${problems.length} problems`);
  return problems;
}
