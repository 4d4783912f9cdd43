// What many seeds come to: sums for the last lines, and the seeds that broke a promise.
import type { SeedResult } from './run.ts';

/** What a worker tells of one seed: plain data, over the wire between two processes. */
export type SeedLine = Omit<SeedResult, 'counts'> & { counts: [string, number][]; isStable: boolean };

export class Tally {
  seeds = 0;
  payments = 0;
  records = 0;
  simulated_ms = 0;
  readonly counts = new Map<string, number>();
  readonly broken: SeedLine[] = [];
  readonly unstable: number[] = [];

  take(line: SeedLine): void {
    this.seeds += 1;
    this.payments += line.payments;
    this.records += line.records;
    this.simulated_ms += line.simulated_ms;
    for (const [kind, count] of line.counts) this.counts.set(kind, (this.counts.get(kind) ?? 0) + count);
    if (line.violation !== null) this.broken.push(line);
    if (!line.isStable) this.unstable.push(line.seed);
  }

  /** Counts whose name begins so, as `name 12 · name 7`, the most frequent first. */
  section(prefix: string): string {
    const own = [...this.counts].filter(([kind]) => kind.startsWith(`${prefix}.`));
    return own
      .toSorted(([, a], [, b]) => b - a)
      .map(([kind, count]) => `${kind.slice(prefix.length + 1)} ${count}`)
      .join(' · ');
  }

  sum(prefix: string): number {
    return [...this.counts].reduce(
      (sum, [kind, count]) => (kind.startsWith(`${prefix}.`) ? sum + count : sum),
      0,
    );
  }
}
