// What an older program sealed is recomputed by its rules, also where a newer one goes on in the middle of its period.
import { expect, it } from 'vitest';
import type { JournalRow } from './chain.ts';
import { audited, forged, isReport } from './testing/journal.ts';
import { playStep, stepsOf } from './testing/random-journal.ts';
import { RandomTill } from './testing/random-till.ts';

/** A till of before the rules were told, until its program is started anew. */
class OlderTill extends RandomTill {
  constructor() {
    super();
    const { reportRules: _, ...before } = this.state;
    this.state = before;
  }

  journal(): JournalRow[] {
    return forged(this.rows, 0, { epoch: 1 }, { hidesHead: true });
  }
}

function wordsOf(rows: readonly JournalRow[]): Set<string> {
  type Said = { report: { carried: { kind: string }[]; late: { what: string }[] } };
  return new Set(
    rows.filter(isReport).flatMap(({ body }) => {
      const { carried, late } = (JSON.parse(body) as Said).report;
      return [...carried.map(({ kind }) => kind), ...late.map(({ what }) => what)];
    }),
  );
}

const words = ['twiceBack', 'returned', 'voidRefused', 'replaced', 'lossSeen'];

it('recomputes the reports of an older program, and those after its end', () => {
  const seen = { older: new Set<string>(), newer: new Set<string>() };
  for (let seed = 1; seed <= 12; seed += 1) {
    const till = new OlderTill();
    for (const step of stepsOf(seed, 1500)) playStep(till, step);
    const rows = till.journal();
    const startedAt = rows.findIndex(({ type }) => type === 'core.started');
    expect(startedAt).toBeGreaterThan(0);
    expect(audited(rows).faults).toEqual([]);
    for (const word of wordsOf(rows.slice(0, startedAt))) seen.older.add(word);
    for (const word of wordsOf(rows.slice(startedAt))) seen.newer.add(word);
  }
  expect(words.filter((word) => word !== 'returned' && seen.older.has(word))).toEqual([]);
  expect(words.filter((word) => !seen.newer.has(word))).toEqual([]);
});

it('rules that it does not know are a fault', () => {
  const { rows } = new RandomTill();
  const later = forged(rows, 0, { epoch: 1, reportRules: 3 }, { hidesHead: true });
  expect(audited(later).faults).toEqual(['record 1 till.installed: reportRules: 3 is not known']);
});
