// The settling of batches on a stand-in of its gateway and its journal, with the clock turned by hand.
import type { SettleOutcome } from '../../acquirers/gateway/batch-call.ts';
import { nextRound, type Unsettled } from '../../core/batch-due.ts';
import type { BatchesRead } from '../../core/batch-reading.ts';
import { createSettling } from '../../core/settling.ts';
import { engineStage } from './engine-stage.ts';

export const MINUTE_ms = 60_000;
const turn = () => new Promise((resolve) => setImmediate(resolve));
export const agreed: SettleOutcome = { kind: 'agreed', settledAt_ms: 1_700_000_000_000 };
export const silent: SettleOutcome = { kind: 'noAnswer', cause: 'ECONNREFUSED' };
const none = { count: 0, total_fen: 0 };
export const differs = (count: number): SettleOutcome => ({
  kind: 'differs',
  acquirer: { PAY: none, VOID: none, REFUND: none },
  differences: [],
  count,
});

/** A batch of one payment, as the journal has it. */
export function batch(batchNo: string, change: Partial<Unsettled> = {}): Unsettled {
  const item = { kind: 'PAY', orderNumber: `N${batchNo}`, requestNumber: null, amount_fen: 450 } as const;
  return {
    batchNo,
    items: [item],
    goingBack: 0,
    first: { sequence: 1, at_ms: 0 },
    last: { sequence: 1, at_ms: 0 },
    waits: 0,
    since_ms: 1,
    hasDiffered: false,
    ...change,
  };
}

/** `journal`: what each reading finds; `answers`: of the acquirer, in order; both the last one for ever. */
export function settlingStage(
  journal: (Unsettled[] | string | Error)[],
  answers: (SettleOutcome | Promise<SettleOutcome>)[],
  { routeIds = ['gateway'], changed = () => undefined }: { routeIds?: string[]; changed?: () => void } = {},
) {
  const stage = engineStage();
  const asked: string[] = [];
  const read: string[][] = [];
  const next = <Value>(queue: Value[]): Value => {
    const [first] = queue.length > 1 ? queue.splice(0, 1) : queue;
    if (first === undefined) throw new Error('nothing is prepared');
    return first;
  };
  const settling = createSettling({
    engine: stage.engine,
    clock: stage.clock,
    stateDirectory: '/state',
    partyOf: (routeId) => ({ routeId, terminalCode: '20260002', tillCode: '20260002' }),
    routeIds,
    read: ({ again, refused, only }) => {
      read.push(only === null ? [...again] : [`only ${only}`]);
      const found = next(journal);
      if (found instanceof Error) throw found;
      const result: BatchesRead =
        typeof found === 'string'
          ? { ok: false, detail: found }
          : { ok: true, ...nextRound(found, new Set(refused)) };
      return { read: Promise.resolve(result), stop: () => undefined };
    },
    settlerOf: () => (batchNo) => {
      asked.push(batchNo);
      return Promise.resolve(next(answers));
    },
    changed,
  });
  settling.start();
  const pass = async (span_ms: number) => {
    for (let left_ms = span_ms; left_ms > 0; left_ms -= MINUTE_ms / 2) {
      stage.clock.advance(Math.min(left_ms, MINUTE_ms / 2));
      for (let turns = 0; turns < 4; turns += 1) await turn();
    }
  };
  const closeDay = () => stage.engine.post({ kind: 'dayClosed', operatorId: 'chen', at_ms: 0 });
  const recorded = () =>
    stage.store.commits.flatMap(({ records }) =>
      records.flatMap(({ type, body }) =>
        type === 'batch.settled' ? [`${body.batchNo} ${body.outcome}`] : [],
      ),
    );
  const waiting = () =>
    settling.view().batches?.waiting.map(({ batchNo, why, cause }) => [batchNo, why, cause].join(' '));
  return { ...stage, settling, asked, read, pass, closeDay, recorded, waiting };
}
