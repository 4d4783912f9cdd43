// Which days show codes of their own, and how often. The others tell the stories that they told before there was a main scan.
import { type Chance, chanceFor } from '../../month/random.ts';

const minute_ms = 60_000;

/** By seed % 16: five days of the gateway's, one each of WeChat Pay's, Alipay's and UnionPay's (profiles.ts). */
const days: ReadonlySet<number> = new Set([2, 4, 7, 8, 9, 10, 11, 14]);

export type MainScanPlan = {
  /** Against the 70 of a customer's own code; 0: the route shows none. */
  weight: number;
  codeFor_ms: number;
  /** Of the customers to whom a code is shown: each a share. */
  customers: { never: number; late: number; twice: number; picture: number; atTheEnd: number };
};

export function mainScanFor(seed: number): MainScanPlan {
  const chance = chanceFor(seed, 'main scan');
  const weight = days.has(seed % 16) ? chance.pick([15, 40, 120]) : 0;
  return { weight, codeFor_ms: chance.pick([2, 2, 2, 3]) * minute_ms, customers: customersFor(chance) };
}

function customersFor(chance: Chance): MainScanPlan['customers'] {
  const upTo = (most: number) => most * chance.unit() ** 2;
  return { never: upTo(0.5), late: upTo(0.4), twice: upTo(0.4), picture: upTo(0.5), atTheEnd: upTo(0.3) };
}
