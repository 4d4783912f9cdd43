// Settling one batch: totals, and where they differ every item. Signed with the terminal's own key, so that a till in a session keeps it.
import { asking, type Asking } from '../transport/ask.ts';
import {
  type BatchDifference,
  type BatchItem,
  type BatchTotals,
  readSettleAnswer,
  readUploadAnswer,
  SETTLE_path,
  settleBody,
  totalsOf,
  UPLOAD_path,
  uploadOf,
} from './batch.ts';
import { call, type CallSettings } from './call.ts';
import type { TerminalFacts } from './codec.ts';

/** Each call can be repeated: a batch is settled once, and a part is taken once. */
const TRIES = 3;

const CALL_TIMEOUT_ms = 20_000;

export type BatchFailure = { kind: 'refused' | 'damaged' | 'noAnswer'; cause: string };

export type SettleOutcome =
  | { kind: 'agreed'; settledAt_ms: number }
  /** `count`: of all differences; only so many are told. */
  | { kind: 'differs'; acquirer: BatchTotals; differences: BatchDifference[]; count: number }
  | BatchFailure;

/** Never rejects. */
export type SettleBatch = (batchNo: string, items: readonly BatchItem[]) => Promise<SettleOutcome>;

type Question = (path: string, body: Record<string, unknown>) => Promise<{ json: unknown } | BatchFailure>;

function questionOf(settings: CallSettings, { wall_ms, ask }: Asking): Question {
  return async (path, body) => {
    let last: BatchFailure = { kind: 'noAnswer', cause: '' };
    for (let tried = 0; tried < TRIES; tried += 1) {
      const request = { path, body, timeout_ms: CALL_TIMEOUT_ms };
      const outcome = await ask(() => call({ ...settings, wall_ms }, request));
      if (outcome.kind === 'answered') return { json: outcome.json };
      const kind = outcome.kind === 'unbelievable' ? 'damaged' : 'noAnswer';
      last = { kind, cause: outcome.cause };
    }
    return last;
  };
}

export function gatewayBatches(terminal: TerminalFacts, settings: CallSettings): SettleBatch {
  const question = questionOf(settings, asking(settings));

  async function upload(
    batchNo: string,
    items: readonly BatchItem[],
  ): Promise<{ differences: BatchDifference[]; count: number } | BatchFailure> {
    const all = uploadOf(terminal, batchNo, items);
    for (const body of all.bodies) {
      const answer = await question(UPLOAD_path, body);
      if ('kind' in answer) return answer;
      const found = readUploadAnswer(answer.json, all, body === all.bodies.at(-1));
      if (found.kind === 'compared') return found;
      if (found.kind !== 'received') return found;
    }
    return { kind: 'damaged', cause: 'NOT_COMPARED' };
  }

  return async (batchNo, items) => {
    const answer = await question(SETTLE_path, settleBody(terminal, batchNo, totalsOf(items)));
    if ('kind' in answer) return answer;
    const found = readSettleAnswer(answer.json, batchNo);
    if (found.kind !== 'differs') return found;
    const told = await upload(batchNo, items);
    if ('cause' in told) return told;
    const { differences, count } = told;
    return { kind: 'differs', acquirer: found.acquirer, differences, count };
  };
}
