// Days with planted differences, made by a program that shares nothing with this one: every one must be found for what it is.
import { expect, it } from 'vitest';
import { makeBillDay, plantNames, type BillDay } from '../fixtures/bills/day.ts';
import { type BillRail, feeRate_ppm } from '../fixtures/bills/line.ts';
import { readBill } from './bills/read.ts';
import { classNames } from './classes.ts';
import { readBooks } from './journal/read.ts';
import type { Finding } from './match/finding.ts';
import { reconcile, type Reconciliation } from './reconcile.ts';
import { isDifference } from './summary.ts';

const rails: readonly BillRail[] = ['wechatpay', 'alipay', 'unionpay', 'gateway'];

/** Another one each time, printed by a failure; `RECONCILE_SEED` runs it again. */
const seed = Number(process.env['RECONCILE_SEED'] ?? Date.now() % 1_000_000);
const DAYS = Number(process.env['RECONCILE_DAYS'] ?? 12);

function compared({ rail, file, bill, rows }: BillDay): Reconciliation {
  const read = readBill(rail, { file, bytes: bill, billDate: null });
  const routeIds = new Set([`route-${rail}`]);
  return reconcile(read, readBooks(rows), { routeIds, rate_ppm: feeRate_ppm[rail] });
}

/** Everything on each third day; else about one in four, some of them more than once. */
function someOf(day: number): string[] {
  if (day % 3 === 0) return [...plantNames];
  return plantNames.flatMap((name, index) => {
    const roll = (seed + day * 31 + index * 17) % 8;
    return roll === 0 ? [name, name] : roll === 1 ? [name] : [];
  });
}

type Told = { orderNumber: string; refundNumber: string | null; class: string; effect_fen: number };
const nameOf = ({ orderNumber, refundNumber }: Told): string => `${orderNumber}/${refundNumber ?? ''}`;

/** Planted against found, one pair for each; a side that has nothing says `none`. */
function pairs(key: readonly Told[], findings: readonly Finding[]): [Told | null, Told | null][] {
  const left = [...findings];
  const take = (isIt: (one: Told) => boolean): Told | null => {
    const index = left.findIndex(isIt);
    return index < 0 ? null : (left.splice(index, 1)[0] ?? null);
  };
  const exact = key.map((one) => {
    const found = take((each) => nameOf(each) === nameOf(one) && each.class === one.class);
    return [one, found] as [Told, Told | null];
  });
  const rest = exact.map(([one, found]): [Told, Told | null] => [
    one,
    found ?? take((each) => nameOf(each) === nameOf(one)),
  ]);
  return [...rest, ...left.map((one): [null, Told] => [null, one])];
}

it(`finds no difference in days with nothing planted (seed ${seed})`, () => {
  for (const rail of rails) {
    for (let each = 0; each < DAYS; each += 1) {
      const day = makeBillDay(rail, seed + each, []);
      const result = compared(day);
      expect(result.findings.filter(isDifference), `${rail} ${seed + each}`).toEqual([]);
      const found = pairs(day.key, result.findings).filter(([one, two]) => one === null || two === null);
      expect(found, `${rail} ${seed + each}`).toEqual([]);
    }
  }
});

it(`finds everything that is planted, for what it is, to the fen (seed ${seed})`, () => {
  const matrix = new Map<string, Map<string, number>>();
  const wrong: string[] = [];
  for (const rail of rails) {
    for (let each = 0; each < DAYS; each += 1) {
      const day = makeBillDay(rail, seed + each, someOf(each));
      for (const [one, found] of pairs(day.key, compared(day).findings)) {
        const row = matrix.get(one?.class ?? 'none') ?? new Map<string, number>();
        matrix.set(one?.class ?? 'none', row);
        row.set(found?.class ?? 'none', (row.get(found?.class ?? 'none') ?? 0) + 1);
        if (one?.class !== found?.class || one?.effect_fen !== found?.effect_fen) {
          wrong.push(
            `${rail} ${seed + each}: ${JSON.stringify(one)} was found as ${found?.class} ${found?.effect_fen}`,
          );
        }
      }
    }
  }
  const lines = [...matrix].map(([name, row]) => `${name}: ${JSON.stringify(Object.fromEntries(row))}`);
  console.log(`planted: found, ${DAYS} days of each rail, seed ${seed}\n${lines.join('\n')}`);
  expect(wrong.slice(0, 10)).toEqual([]);
  expect([...matrix.keys()].toSorted()).toEqual([...classNames].toSorted());
});
