// The product's own reports over random days equal what the second computation makes of the journal alone.
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { differences } from './differences.ts';
import type { JournalRow } from './chain.ts';
import type { Report } from './report.ts';
import { withoutEnd } from './testing/carried-ends.ts';
import { audited, isReport } from './testing/journal.ts';
import { type Mood, playStep, randomJournal, stepsOf } from './testing/random-journal.ts';
import { RandomTill } from './testing/random-till.ts';
import { createAudit } from './audit.ts';

function closedIn(rows: readonly JournalRow[]): Report[] {
  const closed = rows.filter(({ type }) => type === 'day.closed');
  return closed.map(({ body }) => (JSON.parse(body) as { report: Report }).report);
}

/** Another one each time, printed by a failure; `AUDIT_SEED` runs it again. */
const seed = Number(process.env['AUDIT_SEED'] ?? Date.now() % 1_000_000);

it(`finds no fault and no difference in random journals (seed ${seed})`, () => {
  const natural = fc.nat({ max: 1_000_000 });
  const step = fc.record({ what: natural, a: natural, b: natural });
  const steps = fc.array(step, { minLength: 1, maxLength: 700, size: 'max' });
  fc.assert(
    fc.property(steps, fc.constantFrom<Mood[]>('ordinary', 'ordinary', 'offline'), (each, mood) => {
      const rows = randomJournal(each, mood);
      const audit = audited(rows);
      expect(audit.faults).toEqual([]);
      expect(audit.reports.length).toBe(rows.filter(isReport).length);
      expect(withoutEnd(closedIn(rows))).toEqual([]);
    }),
    { seed, numRuns: 60 },
  );
});

it('has seen every kind of record that a figure comes from, in those days', () => {
  const seen = new Map<string, number>();
  for (let each = 1; each <= 40; each += 1) {
    const rows = randomJournal([...stepsOf(each, 1200)]);
    const audit = audited(rows);
    expect(audit.faults).toEqual([]);
    const closed = closedIn(rows);
    expect(withoutEnd(closed)).toEqual([]);
    for (const { carried, late } of closed) {
      const words = [
        ...carried.map(({ kind }) => `carried ${kind}`),
        ...late.map(({ what }) => `late ${what}`),
      ];
      for (const word of words) seen.set(word, (seen.get(word) ?? 0) + 1);
    }
    for (const { type } of rows) seen.set(type, (seen.get(type) ?? 0) + 1);
    for (const { body, type } of rows) {
      const told = JSON.parse(body) as {
        how?: string;
        machine?: { state: { kind: string } };
        giveBack?: { method: string; cause: string };
      };
      const words = [told.how ?? told.giveBack?.method ?? told.machine?.state.kind, told.giveBack?.cause];
      for (const word of words) seen.set(`${type} ${word}`, (seen.get(`${type} ${word}`) ?? 0) + 1);
    }
  }
  const rare = [
    'payment.moved approved',
    'payment.moved declined',
    'payment.moved expiredUnsent',
    'payment.moved notSent',
    'payment.moved reversed',
    'payment.moved disputed',
    'exception.closed collected',
    'exception.closed writtenOff',
    'exception.closed returned',
    'giveBack.moved done',
    'giveBack.moved failed',
    'giveBack.opened void',
    'giveBack.opened refund',
    'giveBack.opened dropped',
    'giveBack.opened surplus',
    'giveBack.paidInCash',
    'giveBack.retried',
    'giveBack.lossSeen',
    'giveBack.checked',
    'finding.settled',
    'sale.cashTaken',
    'sale.cancelled',
    'sale.cancelling',
    'sale.collecting',
    'sale.lineRemoved',
    'return.opened',
    'shift.closed',
    'cash.moved',
    'day.closed',
    'carried twiceBack',
    'late returned',
    'late voidRefused',
    'late replaced',
    'late lossSeen',
  ];
  expect(rare.filter((word) => (seen.get(word) ?? 0) < 2)).toEqual([]);
});

it('gives the report between any two records, as a core that feeds it would ask', () => {
  const till = new RandomTill();
  const audit = createAudit();
  let compared = 0;
  for (const step of stepsOf(7, 1500)) {
    const taken = till.rows.length;
    playStep(till, step);
    const last = till.rows.at(-1);
    if (last === undefined) continue;
    for (const row of till.rows.slice(taken, -1)) audit.take(row);
    if (till.rows.length === taken) continue;
    if (isReport(last)) {
      const { report } = JSON.parse(last.body) as { report: Parameters<typeof audit.report>[0] };
      expect(differences(report, audit.report(report))).toEqual([]);
      compared += 1;
    }
    audit.take(last);
  }
  expect(compared).toBeGreaterThan(5);
});
