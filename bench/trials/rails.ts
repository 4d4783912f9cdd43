// A payment's request built and signed and its answer verified and read, by each acquirer's adapter, beside the bare cryptography, in turns.
import { rails } from '../../test/fuzz/once.ts';
import type { Rail } from '../../test/fuzz/rail.ts';
import { trialInput, trialResult } from '../support/trial-input.ts';

export type RailsInput = { rounds: number };
/** Microseconds a payment, by round. */
export type RailTimes = { name: string; ours_us: number[]; bare_us: number[] };

const SLICE_ms = 60;

/** Alipay's and WeChat Pay's answer to the payment; UnionPay's and the gateway's that says "paid": the first honest one. */
function worksOf(rail: Rail) {
  const question = rail.name === 'unionpay' ? 'query' : 'pay';
  const [paid] = rail.honest[question];
  if (paid === undefined) throw new Error(`${rail.name} has no paid answer`);
  const received = rail.seal(question, JSON.stringify(paid.said), paid.status);
  const request = rail.prepare();
  return {
    ours: () => {
      rail.prepare();
      if (rail.read(question, received)?.kind !== 'approved')
        throw new Error(`${rail.name}: the answer was not believed`);
    },
    bare: () => rail.bare(request, received.body),
  };
}

function each_us(work: () => void): number {
  const started_ms = performance.now();
  let count = 0;
  do {
    work();
    count += 1;
  } while (performance.now() - started_ms < SLICE_ms);
  return ((performance.now() - started_ms) * 1000) / count;
}

function measure({ rounds }: RailsInput): RailTimes[] {
  const all = rails.map((rail) => ({ name: rail.name, ...worksOf(rail) }));
  for (const { ours, bare } of all) [ours, bare].forEach(each_us);
  const times: RailTimes[] = all.map(({ name }) => ({ name, ours_us: [], bare_us: [] }));
  for (let round = 0; round < rounds; round += 1) {
    for (const [at, { ours, bare }] of all.entries()) {
      times[at]?.ours_us.push(each_us(ours));
      times[at]?.bare_us.push(each_us(bare));
    }
  }
  return times;
}

trialResult({ times: measure(trialInput<RailsInput>()) });
