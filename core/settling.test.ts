// When batches are settled, how often, what is kept of the answers, and what a manager hears of those that are left.
import { expect, it } from 'vitest';
import type { SettleOutcome } from '../acquirers/gateway/batch-call.ts';
import { agreed, batch, differs, MINUTE_ms, settlingStage, silent } from '../test/core/settling-stage.ts';

it('at the start and after a Z, each batch once and one after the other; with nothing left nobody is asked', async () => {
  const { asked, pass, closeDay, recorded, settling, read } = settlingStage(
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
  const { engine, pass, closeDay, read } = settlingStage([[]], [agreed]);
  await pass(MINUTE_ms / 2);
  closeDay();
  expect([engine.state.period.zNumber, read.length]).toEqual([2, 1]);
});

it('after silence again with growing pauses, the others of the line unasked; at once when the line is back', async () => {
  const { asked, pass, route, waiting, recorded } = settlingStage(
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
  const { asked, pass, closeDay, waiting } = settlingStage(
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
  const { asked, pass, waiting, recorded } = settlingStage(
    [[batch('7', { waits: 2 })], [batch('7')]],
    [agreed],
  );
  await pass(MINUTE_ms / 2);
  expect([asked, waiting()]).toEqual([[], ['7 unproven 2']]);
  await pass(2 * MINUTE_ms);
  expect(recorded()).toEqual(['7 agreed']);
});

it('a difference counts only when the journal read again says the same', async () => {
  const refunded = batch('7', {
    items: [{ kind: 'PAY', orderNumber: 'N7', requestNumber: null, amount_fen: 1 }],
  });
  const { pass, waiting, recorded, settling } = settlingStage(
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
  const { asked, read, pass, closeDay, recorded } = settlingStage(
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
  expect(read).toEqual([[], ['only 7'], ['7'], ['only 7'], ['7']]);
});

it('one that has differed is not left over when the next question has no answer', async () => {
  const { pass, waiting, asked } = settlingStage([[batch('7', { hasDiffered: true })]], [silent]);
  await pass(10 * MINUTE_ms);
  expect([asked, waiting()]).toEqual([['7'], []]);
});

it('a Z while a batch is being asked about: no second question meanwhile, and one more round after it', async () => {
  let answer: (outcome: SettleOutcome) => void = () => undefined;
  const held = new Promise<SettleOutcome>((resolve) => (answer = resolve));
  const { asked, read, pass, closeDay, recorded } = settlingStage([[batch('7')], []], [held, agreed]);
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
  const { pass, recorded, settling, asked } = settlingStage([[batch('7'), batch('8')]], [held]);
  await pass(MINUTE_ms / 2);
  settling.stop();
  answer(agreed);
  await pass(120 * MINUTE_ms);
  expect([asked, recorded()]).toEqual([['7'], []]);
});

it('a till in quarantine after a restore settles nothing until a manager ends it', async () => {
  const { engine, asked, read, pass } = settlingStage([[batch('7')]], [agreed]);
  const backup = { sequence: 1, hash: 'ab' };
  engine.post({ kind: 'restored', epoch: 2, backup, lost: null, readableTo: null, at_ms: 0 });
  await pass(10 * MINUTE_ms);
  expect(read).toEqual([]);
  engine.post({ kind: 'restoreConfirmed', operatorId: 'chen', reason: 'bill compared' });
  await pass(60 * MINUTE_ms);
  expect(asked).toEqual(['7']);
});

it('says when one is left for more than a day, and what can not be read', async () => {
  const late = settlingStage([[batch('7', { since_ms: 1 })]], [silent]);
  late.clock.advance(25 * 60 * MINUTE_ms);
  await late.pass(MINUTE_ms / 2);
  expect(late.settling.view().batches?.code).toBe('E-BATCH-02');
  const unread = settlingStage(['E-DB-06: /state holds no journal'], [agreed]);
  await unread.pass(MINUTE_ms / 2);
  expect(unread.waiting()).toEqual([' unread E-DB-06: /state holds no journal']);
});

it('a till without such a gateway reads nothing and has nothing to show', async () => {
  const { pass, closeDay, read, settling } = settlingStage([[batch('7')]], [agreed], { routeIds: [] });
  closeDay();
  await pass(10 * MINUTE_ms);
  expect([read, settling.view()]).toEqual([[], {}]);
});
