// Compares what a till says after a crash with what the acquirer really did, what came out of the printer, how often the
// drawer was pulsed, and what the second computation makes of the journal.
import { readdirSync, readFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { createAudit } from '../../audit/audit.ts';
import { openReader } from '../../db/read.ts';
import { verifyStateDirectory } from '../../db/verify.ts';
import type { OrderTruth } from '../../fixtures/acquirers/gateway/ledger-read.ts';
import type { RefundTruth } from '../../fixtures/acquirers/gateway/refunds-read.ts';
import { replayProblems } from '../replay/judge-replay.ts';
import { type Books, readBooks } from './books.ts';
import { judgeMoney } from './judge-money.ts';

export type Evidence = {
  stateDirectory: string;
  /** Only the orders of this run. */
  ledger: readonly OrderTruth[];
  /** Only the refunds of those orders. */
  refunds: readonly RefundTruth[];
  /** Texts of the papers of this run, oldest first. */
  papers: readonly string[];
  /** Pulses that the drawer obeyed in this run. */
  pulses: number;
  /** How often this run asked for a Z. */
  dayClosesAsked: number;
  /** The newest journal head that the core told anybody before it died. */
  acknowledged: { sequence: number; shortHash: string } | null;
  /** Full payment codes shown in this run. */
  codes: readonly string[];
};

const MARKS = /POSSIBLE COPY|REPRINT/;

/** The number that stands on a paper; the last one, when a torn paper hangs before it. */
function paperNumber(text: string): string {
  return [...text.matchAll(/[票单]号 No\.\s+(\S+)/g)].at(-1)?.[1] ?? '';
}

/** The end of a sale's receipt: what stands above it is whole. */
const THANKS = '谢谢惠顾';

/** Of each receipt that came out whole: the sum that the customer was told is the sum that was sold. */
function judgeTotals({ receipts }: Books, papers: readonly string[]): string[] {
  return receipts.flatMap(({ number, total_fen }) => {
    if (total_fen === null) return [];
    const whole = papers.filter((text) => paperNumber(text) === number && text.includes(THANKS));
    const told = whole.map((text) => [...text.matchAll(/合计 TOTAL\s+￥(\S+)/g)].at(-1)?.[1] ?? 'nothing');
    const sum = (total_fen / 100).toFixed(2);
    return told.filter((one) => one !== sum).map((one) => `receipt ${number} says ${one}, ${sum} was sold`);
  });
}

function judgePapers({ receipts }: Books, papers: readonly string[]): string[] {
  const problems = receipts.flatMap(({ kind, number }) => {
    const own = papers.filter((text) => paperNumber(text) === number);
    const originals = own.filter((text) => !MARKS.test(text)).length;
    const label = `${kind} ${number}`;
    return [
      ...(originals > 1 ? [`${label}: ${originals} papers without a copy mark`] : []),
      ...(own.length === 0 ? [`${label}: no paper`] : []),
    ];
  });
  const numbers = new Set(receipts.map(({ number }) => number));
  const strangers = papers.map(paperNumber).filter((number) => !numbers.has(number));
  return [
    ...problems,
    ...strangers.map((number) => `a paper ${number || 'without number'} is in no journal`),
  ];
}

function judgeJournal({ stateDirectory, acknowledged }: Evidence): string[] {
  const problems: string[] = [];
  const verified = verifyStateDirectory(stateDirectory);
  if (!verified.ok)
    problems.push(`journal: ${verified.fault?.detail ?? ''} ${verified.differences.join(', ')}`);
  const audit = createAudit();
  let isKept = acknowledged === null || acknowledged.sequence === 0;
  const reader = openReader(stateDirectory);
  try {
    for (const row of reader.records(0)) {
      audit.take(row);
      if (row.sequence === acknowledged?.sequence) isKept = row.hash.startsWith(acknowledged.shortHash);
    }
  } finally {
    reader.close();
  }
  if (!isKept) problems.push(`acknowledged record ${acknowledged?.sequence} is lost`);
  const differing = audit.reports.filter((report) => report.differences.length > 0);
  return [
    ...problems,
    ...audit.faults.map((fault) => `second computation: ${fault}`),
    ...differing.map(({ kind, number, differences }) => `${kind} ${number}: ${differences.join('; ')}`),
  ];
}

/** Asked once, sealed once or not at all; numbered without a gap. */
function judgeDays({ zNumbers }: Books, dayClosesAsked: number): string[] {
  const isGapless = zNumbers.every((number, index) => number === index + 1);
  return [
    ...(isGapless ? [] : [`Z numbers with a gap: ${zNumbers.join()}`]),
    ...(zNumbers.length > dayClosesAsked
      ? [`${zNumbers.length} Z for ${dayClosesAsked} that were asked`]
      : []),
  ];
}

function judgeDrawer({ drawerAsked, drawerOpen }: Books, pulses: number): string[] {
  return [
    ...(pulses > drawerAsked ? [`${pulses} drawer pulses, ${drawerAsked} asked`] : []),
    ...drawerOpen.map((openId) => `drawer ${openId} has no end`),
  ];
}

/** Payment codes found in the clear in any file of the state directory. */
export function leakedCodes(stateDirectory: string, codes: readonly string[]): string[] {
  const files = readdirSync(stateDirectory, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => relative(stateDirectory, join(entry.parentPath, entry.name)));
  return files.flatMap((name) => {
    const bytes = readFileSync(join(stateDirectory, name));
    return codes
      .filter((code) => bytes.includes(code))
      .map((code) => `code ${code.slice(0, 6)}... stands in ${name}`);
  });
}

/** Every broken promise, in words; none when all is well. The core must have ended. */
export function judge(evidence: Evidence): string[] {
  const books = readBooks(evidence.stateDirectory);
  return [
    ...judgeJournal(evidence),
    ...replayProblems(evidence.stateDirectory),
    ...judgeMoney(books, evidence.ledger, evidence.refunds),
    ...judgePapers(books, evidence.papers),
    ...judgeTotals(books, evidence.papers),
    ...judgeDays(books, evidence.dayClosesAsked),
    ...judgeDrawer(books, evidence.pulses),
    ...leakedCodes(evidence.stateDirectory, evidence.codes),
  ];
}
