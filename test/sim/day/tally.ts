// What many seeds come to: sums for the last lines, and the seeds that broke a promise.
import { z } from 'zod';
import type { SeedResult } from './run.ts';

/** What a worker tells of one seed: plain data, over the wire between two processes. */
export type SeedLine = Omit<SeedResult, 'counts'> & { counts: [string, number][]; isStable: boolean };

type Broken = Pick<SeedLine, 'seed' | 'violation'>;

export const tallySchema = z.strictObject({
  seeds: z.int(),
  payments: z.int(),
  records: z.int(),
  simulated_ms: z.number(),
  counts: z.array(z.tuple([z.string(), z.int()])),
  broken: z.array(
    z.strictObject({
      seed: z.int(),
      violation: z.strictObject({ invariant: z.string(), detail: z.string() }),
    }),
  ),
  unstable: z.array(z.int()),
});

/** A day has so many, unless its line never serves (people.ts). */
const LEAST_payments = 20;
const SHORT = 'day.short';

export class Tally {
  seeds = 0;
  payments = 0;
  records = 0;
  simulated_ms = 0;
  readonly counts = new Map<string, number>();
  readonly broken: Broken[] = [];
  readonly unstable: number[] = [];

  static from({ counts, broken, unstable, ...sums }: z.infer<typeof tallySchema>): Tally {
    const tally = Object.assign(new Tally(), sums);
    for (const [kind, count] of counts) tally.counts.set(kind, count);
    tally.broken.push(...broken);
    tally.unstable.push(...unstable);
    return tally;
  }

  toJSON(): z.infer<typeof tallySchema> {
    const { seeds, payments, records, simulated_ms, unstable } = this;
    const broken = this.broken.flatMap(({ seed, violation }) => (violation ? [{ seed, violation }] : []));
    return { seeds, payments, records, simulated_ms, counts: [...this.counts], broken, unstable };
  }

  take(line: SeedLine): void {
    this.seeds += 1;
    this.payments += line.payments;
    this.records += line.records;
    this.simulated_ms += line.simulated_ms;
    for (const [kind, count] of line.counts) this.counts.set(kind, (this.counts.get(kind) ?? 0) + count);
    if (line.payments < LEAST_payments) this.counts.set(SHORT, this.shortDays + 1);
    if (line.violation !== null) this.broken.push({ seed: line.seed, violation: line.violation });
    if (!line.isStable) this.unstable.push(line.seed);
  }

  /** Days that ended with fewer payments than a day should have. */
  get shortDays(): number {
    return this.counts.get(SHORT) ?? 0;
  }

  /** Counts whose name begins so, as `name 12 · name 7`, the most frequent first. */
  section(prefix: string): string {
    const own = [...this.counts].filter(([kind]) => kind.startsWith(`${prefix}.`));
    return own
      .toSorted(([, a], [, b]) => b - a)
      .map(([kind, count]) => `${kind.slice(prefix.length + 1)} ${count}`)
      .join(' · ');
  }
}
