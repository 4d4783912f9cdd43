// The invariants of the whole run so far, by the judge of the crash trials: journal, every fen against the acquirer's own ledger,
// papers, drawer, second computation.
import { readLedger } from '../../fixtures/acquirers/gateway/ledger-read.ts';
import { readRefunds } from '../../fixtures/acquirers/gateway/refunds-read.ts';
import { openReader } from '../../db/read.ts';
import { readBooks } from '../crash/books.ts';
import { judge } from '../crash/judge.ts';
import type { Shop } from '../../tools/lab/shop.ts';

export type Told = {
  acknowledged: { sequence: number; shortHash: string } | null;
  codes: readonly string[];
  dayClosesAsked: number;
};

/** The core must have ended. */
export async function judgeRun({ stateDirectory, gateway, paper }: Shop, told: Told): Promise<string[]> {
  return judge({
    stateDirectory,
    ledger: readLedger(gateway.ledgerFile),
    refunds: readRefunds(gateway.ledgerFile),
    papers: (await paper.jobs()).map((job) => job.text),
    pulses: await paper.drawerPulses(),
    ...told,
  });
}

export type Totals = { sold: number; records: number; orders: number; days: number };

export function totalsOf({ stateDirectory, gateway }: Shop): Totals {
  const books = readBooks(stateDirectory);
  const sold = books.sales.filter(({ state }) => state === 'completed' || state === 'returned').length;
  const reader = openReader(stateDirectory);
  try {
    let records = 0;
    for (const _ of reader.records(0)) records += 1;
    return { sold, records, orders: readLedger(gateway.ledgerFile).length, days: books.zNumbers.length };
  } finally {
    reader.close();
  }
}
