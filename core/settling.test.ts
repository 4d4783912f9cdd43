// When batches are settled, how often, what is kept of the answers, and what a manager hears of those that are left.
import { expect, it } from 'vitest';
import type { SettleOutcome } from '../acquirers/gateway/batch-call.ts';
import { engineStage } from '../test/core/engine-stage.ts';
import type { Unsettled } from './batch-items.ts';
import type { BatchesRead } from './batch-reading.ts';
import { createSettling } from './settling.ts';

const MINUTE_ms = 60_000;
const turn = () => new Promise((resolve) => setImmediate(resolve));
const agreed: SettleOutcome = { kind: 'agreed', settledAt_ms: 1_700_000_000_000 };
const silent: SettleOutcome = { kind: 'noAnswer', cause: 'ECONNREFUSED' };
const none = { count: 0, total_fen: 0 };
const differs = (count: number): SettleOutcome => ({
  kind: 'differs',
  acquirer: { PAY: none, VOID: none, REFUND: none },
  differences: [],
  count,
});

/** A batch of one payment, as the journal has it. */
function batch(batchNo: string, change: Partial<Unsettled> = {}): Unsettled {
  const item = { kind: 'PAY', orderNumber: `N${batchNo}`, requestNumber: null, amount_fen: 450 } as const;
  return {
    batchNo,
    items: [item],
    goingBack: 0,
    firstPaidAt_ms: 0,
    lastPaidAt_ms: 0,
    waits: 0,
    since_ms: 1,
    hasDiffered: false,
    ...change,
  };
}

/** `journal`: what each reading finds; `answers`: of the acquirer, in order; both the last one for ever. */
function stageWith(
  journal: (Unsettled[] | string)[],
  answers: (SettleOutcome | Promise<SettleOutcome>)[],
  routeIds = ['gateway'],
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
    routeIds,
    read: ({ again }) => {
      read.push([...again]);
      const found = next(journal);
      const result: BatchesRead =
        typeof found === 'string' ? { ok: false, detail: found } : { ok: true, batches: found };
      return { read: Promise.resolve(result), stop: () => undefined };
    },
    settlerOf: () => (batchNo) => {
      asked.push(batchNo);
      return Promise.resolve(next(answers));
    },
    changed: () => undefined,
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

it('at the start and after a Z, each batch once and one after the other; with nothing left nobody is asked', async () => {
  const { asked, pass, closeDay, recorded, settling, read } = stageWith(
    [[batch('7'), batch('8')], []],
    [agreed],
  );
  await pass(MINUTE_ms / 2);
  expect([asked, recorded()]).toEqual([
    ['7', '8'],
    ['7 agreed', '8 agreed'],
  ]);
  await pass(180 * MINUTE_ms);
  expect(read).toHaveLength(1);
  closeDay();
  await pass(MINUTE_ms / 2);
  expect(read).toHaveLength(2);
  expect(settling.view().batches).toMatchObject({ waiting: [], code: null });
  expect(settling.view().batches?.settled.map(({ batchNo }) => batchNo)).toEqual(['8', '7']);
});

it('the Z is answered before anything is read', async () => {
  const { engine, pass, closeDay, read } = stageWith([[]], [agreed]);
  await pass(MINUTE_ms / 2);
  closeDay();
  expect([engine.state.period.zNumber, read.length]).toEqual([2, 1]);
});

it('after silence again with growing pauses, the others of the line unasked; at once when the line is back', async () => {
  const { asked, pass, route, waiting, recorded } = stageWith(
    [[batch('7'), batch('8')]],
    [silent, silent, silent, agreed],
  );
  route(true);
  await pass(MINUTE_ms / 2);
  expect(waiting()).toEqual(['8 noAnswer ECONNREFUSED', '7 noAnswer ECONNREFUSED']);
  route(false);
  await pass(MINUTE_ms);
  await pass(2 * MINUTE_ms);
  expect(asked).toEqual(['7', '7', '7']);
  await pass(3 * MINUTE_ms);
  expect(asked).toHaveLength(3);
  route(true);
  await pass(MINUTE_ms / 2);
  expect(asked.slice(3)).toEqual(['7', '8']);
  expect(recorded()).toEqual(['7 agreed', '8 agreed']);
});

it('what was refused is asked about again only after the next Z', async () => {
  const { asked, pass, closeDay, waiting } = stageWith(
    [[batch('7')]],
    [{ kind: 'refused', cause: 'BATCH_UNKNOWN' }, agreed],
  );
  await pass(300 * MINUTE_ms);
  expect([asked, waiting()]).toEqual([['7'], ['7 refused BATCH_UNKNOWN']]);
  closeDay();
  await pass(MINUTE_ms / 2);
  expect(asked).toEqual(['7', '7']);
});

it('a batch with something unproven is not asked about until it is proven', async () => {
  const { asked, pass, waiting, recorded } = stageWith([[batch('7', { waits: 2 })], [batch('7')]], [agreed]);
  await pass(MINUTE_ms / 2);
  expect([asked, waiting()]).toEqual([[], ['7 unproven 2']]);
  await pass(2 * MINUTE_ms);
  expect(recorded()).toEqual(['7 agreed']);
});

it('a difference counts only when the journal read again says the same', async () => {
  const refunded = batch('7', {
    items: [{ kind: 'PAY', orderNumber: 'N7', requestNumber: null, amount_fen: 1 }],
  });
  const { pass, waiting, recorded, settling } = stageWith(
    [[batch('7')], [refunded], [batch('7')]],
    [differs(1), differs(0), differs(3)],
  );
  await pass(MINUTE_ms / 2);
  expect([waiting(), recorded()]).toEqual([['7 moved '], []]);
  await pass(MINUTE_ms);
  expect([waiting(), recorded()]).toEqual([['7 moved '], []]);
  await pass(3 * MINUTE_ms);
  expect([waiting(), recorded()]).toEqual([[], ['7 differs']]);
  expect(settling.view().batches).toMatchObject({
    code: 'E-BATCH-01',
    settled: [{ state: 'differs', differenceCount: 3, till: { paymentCount: 1, net_fen: 450 } }],
  });
});

it('one that differed is asked about at each Z, and recorded again when it agrees', async () => {
  const { asked, read, pass, closeDay, recorded } = stageWith(
    [[batch('7')]],
    [differs(1), differs(1), agreed],
  );
  await pass(MINUTE_ms / 2);
  closeDay();
  await pass(MINUTE_ms / 2);
  expect([asked, recorded()]).toEqual([['7', '7'], ['7 differs']]);
  closeDay();
  await pass(MINUTE_ms / 2);
  expect(recorded()).toEqual(['7 differs', '7 agreed']);
  expect(read).toEqual([[], [], ['7'], ['7'], ['7']]);
});

it('one that has differed is not left over when the next question has no answer', async () => {
  const { pass, waiting, asked } = stageWith([[batch('7', { hasDiffered: true })]], [silent]);
  await pass(10 * MINUTE_ms);
  expect([asked, waiting()]).toEqual([['7'], []]);
});

it('a Z while a batch is being asked about: no second question meanwhile, and one more round after it', async () => {
  let answer: (outcome: SettleOutcome) => void = () => undefined;
  const held = new Promise<SettleOutcome>((resolve) => (answer = resolve));
  const { asked, read, pass, closeDay, recorded } = stageWith([[batch('7')], []], [held, agreed]);
  await pass(MINUTE_ms / 2);
  closeDay();
  await pass(2 * MINUTE_ms);
  expect([asked, read]).toEqual([['7'], [[]]]);
  answer(agreed);
  await pass(MINUTE_ms);
  expect([asked, read, recorded()]).toEqual([['7'], [[], []], ['7 agreed']]);
});

it('an answer that comes after the end is not recorded', async () => {
  let answer: (outcome: SettleOutcome) => void = () => undefined;
  const held = new Promise<SettleOutcome>((resolve) => (answer = resolve));
  const { pass, recorded, settling, asked } = stageWith([[batch('7'), batch('8')]], [held]);
  await pass(MINUTE_ms / 2);
  settling.stop();
  answer(agreed);
  await pass(120 * MINUTE_ms);
  expect([asked, recorded()]).toEqual([['7'], []]);
});

it('a till in quarantine after a restore settles nothing until a manager ends it', async () => {
  const { engine, asked, read, pass } = stageWith([[batch('7')]], [agreed]);
  const backup = { sequence: 1, hash: 'ab' };
  engine.post({ kind: 'restored', epoch: 2, backup, lost: null, readableTo: null, at_ms: 0 });
  await pass(10 * MINUTE_ms);
  expect(read).toEqual([]);
  engine.post({ kind: 'restoreConfirmed', operatorId: 'chen', reason: 'bill compared' });
  await pass(60 * MINUTE_ms);
  expect(asked).toEqual(['7']);
});

it('says when one is left for more than a day, and what can not be read', async () => {
  const late = stageWith([[batch('7', { since_ms: 1 })]], [silent]);
  late.clock.advance(25 * 60 * MINUTE_ms);
  await late.pass(MINUTE_ms / 2);
  expect(late.settling.view().batches?.code).toBe('E-BATCH-02');
  const unread = stageWith(['E-DB-06: /state holds no journal'], [agreed]);
  await unread.pass(MINUTE_ms / 2);
  expect(unread.waiting()).toEqual([' unread E-DB-06: /state holds no journal']);
});

it('a till without such a gateway reads nothing and has nothing to show', async () => {
  const { pass, closeDay, read, settling } = stageWith([[batch('7')]], [agreed], []);
  closeDay();
  await pass(10 * MINUTE_ms);
  expect([read, settling.view()]).toEqual([[], {}]);
});
