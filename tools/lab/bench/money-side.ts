// The promise made visible: the acquirer's ledger beside the till's journal. Reads both files, writes neither.
import { existsSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { readLedger } from '../../../fixtures/acquirers/gateway/ledger-read.ts';
import { matchBooks, totalsOf } from '../../../fixtures/lab/shared/match.ts';
import type { BenchView } from '../../../fixtures/lab/shared/view.ts';
import type { LedgerWord } from '../../../fixtures/lab/shared/words.ts';
import type { Side } from './side.ts';
import { readTogether } from './till-words.ts';

type Money = BenchView['money'];
const ROWS_shown = 60;

function ledgerWords(file: string): LedgerWord[] {
  return readLedger(file).map(({ merchantOrderId, ...word }) => ({ orderNumber: merchantOrderId, ...word }));
}

/** Size and time of what has to change before a commit or a fact can be seen. */
function stampOf(files: readonly string[]): string {
  const stamps = files.map((file) => {
    if (!existsSync(file)) return '-';
    const { size, mtimeMs } = statSync(file);
    return `${size}/${mtimeMs}`;
  });
  return stamps.join(' ');
}

/** `sequence`: the newest record that the till told of, which tells of a commit sooner than the files' times do. */
export function openMoneySide(
  stateDirectory: string,
  ledgerFile: string,
  sequence: () => number,
): Side<Money> {
  const files = [join(stateDirectory, 'journal.db'), join(stateDirectory, 'journal.db-wal'), ledgerFile];
  let money: Money = { rows: [], left_out: 0, totals: totalsOf([]) };
  let seen = '';
  return {
    view: () => money,
    handlers: {},
    look: () => {
      const stamp = `${sequence()} ${stampOf(files)}`;
      if (stamp === seen) return false;
      const both = readTogether(stateDirectory, () => ledgerWords(ledgerFile));
      // The journal moved at each try: the next look tries again.
      if (both === null) return false;
      seen = stamp;
      const rows = matchBooks(both.other, both.till);
      const shown = rows.filter((row, index) => index < ROWS_shown || row.verdict !== 'equal');
      money = { rows: shown, left_out: rows.length - shown.length, totals: totalsOf(rows) };
      return true;
    },
  };
}
