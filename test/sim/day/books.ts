// The books of the sold sales, from records alone: what was paid and not returned is in the drawer, in a wallet, on trust, or known to
// be missing. The same sums as core/domain/till/books.test.ts, thrown as violations.
import { holds } from './failure.ts';
import type { Ledger, Sold } from '../ledger.ts';

/** Else it would stand for another payment of the sale, and nobody would be told when that is lost. */
function checkWrittenOff(ledger: Ledger, saleId: string, sold: Sold): void {
  const called_fen = ledger.calledWrittenOff.get(saleId) ?? 0;
  if (called_fen === 0 && ledger.writtenOff_fen(saleId) === 0) return;
  const most_fen = ledger.neverCame_fen(saleId, sold);
  const isMissing = called_fen <= most_fen;
  holds('saleHasItsMoney', isMissing, () => `${saleId}: ${called_fen} fen of ${most_fen} are written off`);
  const due_fen = ledger.writtenOff_fen(saleId);
  const isRight = called_fen === due_fen;
  holds('saleHasItsMoney', isRight, () => `${saleId}: ${called_fen} fen are written off, and not ${due_fen}`);
}

function checkSold(ledger: Ledger): void {
  for (const [saleId, sold] of ledger.sold) {
    const missing_fen = ledger.missing_fen(saleId, sold);
    const lost_fen = (ledger.exceptions.get(saleId) ?? 0) + ledger.forgone_fen(saleId);
    const isRight = missing_fen >= 0 && missing_fen <= lost_fen;
    holds(
      'saleHasItsMoney',
      isRight,
      () => `${saleId} misses ${missing_fen} fen, its exceptions say ${lost_fen}`,
    );
    checkWrittenOff(ledger, saleId, sold);
  }
}

/** Never more back, on any tender, than was taken on it. */
function checkCaps(ledger: Ledger): void {
  for (const [attemptId, { kind, amount_fen }] of ledger.payments) {
    const back_fen = ledger.given_fen(attemptId) + ledger.promised_fen(attemptId);
    const most_fen = kind === 'approved' ? amount_fen : 0;
    holds('refundsCapped', back_fen <= most_fen, () => `${attemptId} gives back ${back_fen} of ${most_fen}`);
  }
}

const counterOf = (number: string) => Number(number.replace(/^\D/, ''));

/** A restore begins every series anew, above each number of the till that was lost: `lost`, its books. */
export function checkGapless(ledger: Ledger, lost: Ledger | null): void {
  for (const [series, printed] of Object.entries(ledger.numbers)) {
    const numbers = printed.map(counterOf);
    const before = ledger.numbersBefore.get(series) ?? numbers.length;
    const first = numbers[before] ?? 0;
    const isGapless = numbers.every((number, at) => number === (at < before ? at + 1 : first + at - before));
    holds('numbersGapless', isGapless, () => `${series}: ${printed.join()}`);
    const highest = Math.max(0, ...(lost?.numbers[series] ?? []).map(counterOf));
    const isNew = numbers.length === before || first > highest;
    holds('numbersAreNew', isNew, () => `${series}: ${first} after a restore, and ${highest} is on paper`);
  }
}

export function checkBooks(ledger: Ledger): void {
  checkSold(ledger);
  checkCaps(ledger);
}
