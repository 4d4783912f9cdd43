// One gateway's batches, one after the other: asked about, and what comes of each. A difference counts when the journal, read again, still says
// the same of that batch: a refund may have ended while it was asked about.
import { isDeepStrictEqual } from 'node:util';
import { type BatchTotals, totalsOf } from '../acquirers/gateway/batch.ts';
import type { SettleBatch, SettleOutcome } from '../acquirers/gateway/batch-call.ts';
import type { BatchWaitingView } from '../contract/batches.ts';
import type { Unasked, Unsettled } from './batch-due.ts';
import type { BatchParty } from './batch-journal.ts';
import type { BatchesRead } from './batch-reading.ts';
import type { BatchAnswer, BatchFigures } from './domain/till/state.ts';
import { causeText } from './fetch-bill.ts';

type Wait = Pick<BatchWaitingView, 'why' | 'cause'>;
/** By batch. */
export type Waits = ReadonlyMap<string, Wait>;
type Settled = Extract<SettleOutcome, { kind: 'agreed' | 'differs' }>;

export type SettlingOne = {
  party: BatchParty;
  due: readonly Unasked[];
  /** Those of them that are asked about now. */
  batches: readonly Unsettled[];
  /** Not to be asked about: the acquirer has said no. */
  refused: Waits;
  settle: SettleBatch;
  /** This one alone. */
  readAgain(batchNo: string): Promise<BatchesRead>;
  isStopped(): boolean;
  tell(answer: BatchAnswer): void;
};

function figuresOf({ PAY, VOID, REFUND }: BatchTotals): BatchFigures {
  return {
    paymentCount: PAY.count,
    payment_fen: PAY.total_fen,
    voidCount: VOID.count,
    void_fen: VOID.total_fen,
    refundCount: REFUND.count,
    refund_fen: REFUND.total_fen,
  };
}

function answerOf(party: BatchParty, { batchNo, items }: Unsettled, outcome: Settled): BatchAnswer {
  const till = figuresOf(totalsOf(items));
  const { routeId, terminalCode, tillCode } = party;
  const about = { routeId, terminalCode, ...(tillCode === terminalCode ? {} : { tillCode }), batchNo };
  return outcome.kind === 'agreed'
    ? {
        ...about,
        outcome: 'agreed',
        settledAt_ms: outcome.settledAt_ms,
        till,
        acquirer: till,
        differenceCount: 0,
      }
    : {
        ...about,
        outcome: 'differs',
        settledAt_ms: null,
        till,
        acquirer: figuresOf(outcome.acquirer),
        differenceCount: outcome.count,
      };
}

async function isUnchanged(batch: Unsettled, readAgain: SettlingOne['readAgain']): Promise<boolean> {
  const found = await readAgain(batch.batchNo);
  if (!found.ok) return false;
  const now = found.batches.find(({ batchNo }) => batchNo === batch.batchNo);
  return now !== undefined && isDeepStrictEqual(now.items, batch.items);
}

/** Null: it is on record now, or nobody waits for it any more. */
async function settleOne(job: SettlingOne, batch: Unsettled): Promise<Wait | null> {
  const outcome = await job.settle(batch.batchNo, batch.items);
  if (job.isStopped()) return null;
  if (outcome.kind !== 'agreed' && outcome.kind !== 'differs')
    return { why: outcome.kind, cause: causeText(outcome.cause) };
  const isMoved =
    outcome.kind === 'differs' && (outcome.count === 0 || !(await isUnchanged(batch, job.readAgain)));
  if (isMoved) return { why: 'moved', cause: '' };
  if (!job.isStopped()) job.tell(answerOf(job.party, batch, outcome));
  return null;
}

async function askEach(job: SettlingOne): Promise<{ waits: Map<string, Wait>; silence: Wait | null }> {
  const waits = new Map<string, Wait>();
  let silence: Wait | null = null;
  for (const batch of job.batches) {
    if (job.isStopped()) break;
    // A line that is down is down for the others, too.
    const wait: Wait | null = silence ?? (await settleOne(job, batch));
    if (wait !== null) waits.set(batch.batchNo, wait);
    if (wait?.why === 'noAnswer') silence = wait;
  }
  return { waits, silence };
}

/** `isMore`: some were left for the next round, and this one has brought them nearer. */
export type SettledRound = { waiting: BatchWaitingView[]; refused: Waits; isMore: boolean };

export async function settleBatches(job: SettlingOne): Promise<SettledRound> {
  const { waits, silence } = await askEach(job);
  const asked = new Set(job.batches.map(({ batchNo }) => batchNo));
  const others = job.due.filter(({ batchNo }) => !asked.has(batchNo));
  for (const { batchNo, waits: count } of others) {
    const unproven: Wait | null = count > 0 ? { why: 'unproven', cause: String(count) } : null;
    const wait = job.refused.get(batchNo) ?? unproven ?? silence;
    if (wait !== null) waits.set(batchNo, wait);
  }
  const waiting = job.due.flatMap(({ batchNo, since_ms, hasDiffered }): BatchWaitingView[] => {
    const wait = waits.get(batchNo);
    // One that has differed is on record; it is asked about again at the next Z.
    return wait === undefined || hasDiffered
      ? []
      : [{ state: 'waiting', routeId: job.party.routeId, batchNo, since_ms, ...wait }];
  });
  const isDone = (batchNo: string): boolean => (waits.get(batchNo)?.why ?? 'refused') === 'refused';
  return {
    waiting,
    refused: new Map([...waits].filter(([, { why }]) => why === 'refused')),
    isMore: others.some(({ batchNo }) => !waits.has(batchNo)) && [...asked].some(isDone),
  };
}
