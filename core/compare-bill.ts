// One bill against the journal, by the program that shares nothing with the till's own sums (reconciliation/). Runs in a thread of its own.
import { createHash } from 'node:crypto';
import { type BillComparison, type FindingRow, MOST_findings } from '../contract/reconciliation.ts';
import { openReader } from '../db/read.ts';
import { BadBill, type Bill, type Rail } from '../reconciliation/bills/bill.ts';
import { readBill } from '../reconciliation/bills/read.ts';
import { sumOf } from '../reconciliation/bills/sums.ts';
import { classes, whoWords } from '../reconciliation/classes.ts';
import { csvOf } from '../reconciliation/csv.ts';
import type { TillBooks } from '../reconciliation/journal/items.ts';
import { readBooks } from '../reconciliation/journal/read.ts';
import type { Finding } from '../reconciliation/match/finding.ts';
import { provesBack, provesReturned } from '../reconciliation/match/proof.ts';
import { type Contract, reconcile } from '../reconciliation/reconcile.ts';
import { type Said, saidHere, saidThere } from '../reconciliation/said.ts';
import { isDifference, sumsByClass } from '../reconciliation/summary.ts';
import type { BillContract } from './bill-contracts.ts';
import { readBillFile, writeTable } from './bills-folder.ts';

export type BillAsked = {
  stateDirectory: string;
  folder: string;
  file: string;
  contract: BillContract;
  /** The other contracts of today: a bill of theirs is theirs. */
  others: readonly BillContract[];
  terminalCode: string;
};

/** E-BILL-01: the file is not what it should be. E-BILL-02: it can't be read. E-BILL-05: the journal can't, or the comparison found no end. */
export type Compared =
  | { ok: true; comparison: BillComparison }
  | { ok: false; code: 'E-BILL-01' | 'E-BILL-02' | 'E-BILL-05'; detail: string };

/** More than a line of any bill with its number has: 64 at most. */
const FACTS_characters = 240;

/** A file's own words are as long as its columns. */
function bounded(said: readonly Said[]): Said[] {
  return said.map(({ words, facts }) => ({ words, facts: facts.slice(0, FACTS_characters) }));
}

function rowOf(rail: Rail, one: Finding, all: readonly Finding[]): FindingRow {
  return {
    class: one.class,
    orderNumber: one.orderNumber,
    refundNumber: one.refundNumber,
    lines: one.entries.map(({ line }) => line),
    here: bounded(saidHere(one)),
    there: bounded(saidThere(one)),
    bill_fen: one.bill_fen,
    till_fen: one.till_fen,
    effect_fen: one.effect_fen,
    ...(one.giveBack !== null && { isGiveBack: true }),
    ...((provesBack(rail, one) || provesReturned(rail, one, all)) && { isBackThere: true }),
  };
}

/**
 * What is listed first. That a give-back went back, whole or in part, must be known when somebody says the reverse of it; what is in doubt may be
 * ended at its row, by somebody's word. Of the others each is in the table as well.
 */
function rankOf(rail: Rail, one: Finding): number {
  const isBack = provesBack(rail, one) || (one.giveBack !== null && one.class === 'refundAmountDiffers');
  if (isBack) return 0;
  return one.class === 'stillPending' ? 1 : 2;
}

/** `findings`: what is shown of `all`. */
export function rowsOf(rail: Rail, findings: readonly Finding[], all: readonly Finding[]): FindingRow[] {
  return findings.map((one) => rowOf(rail, one, all));
}

const reasonOf = (error: unknown): string => (error instanceof Error ? error.message : String(error));

function booksOf({ stateDirectory, terminalCode }: BillAsked): TillBooks {
  const reader = openReader(stateDirectory);
  try {
    return readBooks(reader.records(0), terminalCode);
  } finally {
    reader.close();
  }
}

type Read = { bill: Bill; contract: Contract };

/** @throws BadBill: it is of another merchant, or not what it should be. */
function readNow({ file, contract: { rail, merchant, routes } }: BillAsked, bytes: Buffer): Read {
  const bill = readBill(rail, { file, bytes, billDate: null, merchant });
  const rates_ppm = new Map(routes.map((one) => [one.routeId, one.rate_ppm]));
  const parties = new Set(routes.map(({ party }) => party));
  return { bill, contract: { routeIds: new Set(rates_ppm.keys()), parties, rate_ppm: null, rates_ppm } };
}

/**
 * The bill of a merchant whom this till took money for before: the last days of his contract are compared when it is over. Its fee nobody
 * tells any more. Of an application of Alipay's it is not known whose it was.
 */
function readBefore(asked: BillAsked, bytes: Buffer, { orders }: TillBooks): Read | null {
  const { file, others } = asked;
  const { rail } = asked.contract;
  const begin = `${rail}:`;
  const now = new Set(others.flatMap(({ routes }) => routes.map(({ party }) => party)));
  const isBefore = (party: string | null) => party?.startsWith(begin) === true && !now.has(party);
  const before = rail === 'alipay' ? [] : orders.filter(({ party }) => isBefore(party));
  for (const party of new Set(before.map((order) => order.party ?? ''))) {
    try {
      const bill = readBill(rail, { file, bytes, billDate: null, merchant: party.slice(begin.length) });
      const own = before.filter((order) => order.party === party).map(({ routeId }) => routeId);
      return { bill, contract: { routeIds: new Set(own), parties: new Set([party]), rate_ppm: null } };
    } catch (error) {
      if (!(error instanceof BadBill)) throw error;
    }
  }
  return null;
}

function read(asked: BillAsked, bytes: Buffer): Read & { books: TillBooks } {
  try {
    return { ...readNow(asked, bytes), books: booksOf(asked) };
  } catch (error) {
    if (!(error instanceof BadBill)) throw error;
    const books = booksOf(asked);
    const found = readBefore(asked, bytes, books);
    if (found === null) throw error;
    return { ...found, books };
  }
}

function compared(asked: BillAsked, bytes: Buffer): Compared {
  const { folder, file } = asked;
  const { rail } = asked.contract;
  const { bill, contract, books } = read(asked, bytes);
  const { routeIds } = contract;
  const result = reconcile(bill, books, contract);
  const differences = result.findings.filter(isDifference);
  // Lines of the shop's other tills are theirs to explain: a sum here, and each in the table. This till's own of before a restore are listed:
  // nobody else will look for them.
  const own = differences
    .filter((one) => one.class !== 'wrongTerminal')
    .toSorted((a, b) => rankOf(rail, a) - rankOf(rail, b));
  const comparison: BillComparison = {
    rail,
    routeIds: [...routeIds],
    billDate: result.day.billDate,
    file,
    fileHash: createHash('sha256').update(bytes).digest('hex'),
    till_fen: result.till_fen,
    payout_fen: result.payout_fen,
    kept_fen: sumOf(result.findings, (one) => one.kept_fen),
    agreed: result.findings.length - differences.length,
    classes: sumsByClass(result).map((sum) => {
      const { name, who, next } = classes[sum.class];
      return { ...sum, name, who: whoWords[who], next };
    }),
    findings: rowsOf(rail, own.slice(0, MOST_findings), result.findings),
    leftOff: Math.max(0, own.length - MOST_findings),
    others: differences.length - own.length,
    table: writeTable(folder, file, csvOf(result)),
  };
  return { ok: true, comparison };
}

export function compareBill(asked: BillAsked): Compared {
  let bytes: Buffer;
  try {
    bytes = readBillFile(asked.folder, asked.file);
  } catch (error) {
    return { ok: false, code: 'E-BILL-02', detail: reasonOf(error) };
  }
  try {
    return compared(asked, bytes);
  } catch (error) {
    const code = error instanceof BadBill ? 'E-BILL-01' : 'E-BILL-05';
    return { ok: false, code, detail: reasonOf(error) };
  }
}
