// What keeps the settling of batches small and out of the way: a long history, a line that comes and goes, a thread that can't be started, the end.
import { expect, it } from 'vitest';
import type { SettleOutcome } from '../acquirers/gateway/batch-call.ts';
import { agreed, batch, differs, MINUTE_ms, settlingStage, silent } from '../test/core/settling-stage.ts';

const many = (count: number) => Array.from({ length: count }, (_, index) => batch(String(index)));
const unknown: SettleOutcome = { kind: 'refused', cause: 'BATCH_UNKNOWN' };

it('a history of weeks is asked about in parts, oldest first, a minute apart', async () => {
  const all = many(50);
  const { asked, pass, waiting } = settlingStage([all, all.slice(20), all.slice(40), []], [agreed]);
  await pass(MINUTE_ms / 2);
  expect([asked.length, asked[0], asked.at(-1), waiting()]).toEqual([20, '0', '19', []]);
  await pass(MINUTE_ms);
  expect([asked.length, asked.at(-1)]).toEqual([40, '39']);
  await pass(MINUTE_ms);
  expect([asked.length, asked.at(-1)]).toEqual([50, '49']);
  await pass(180 * MINUTE_ms);
  expect(asked).toHaveLength(50);
});

it('one that is refused keeps no other from being asked about, and the view carries no long list', async () => {
  const { asked, pass, read, settling } = settlingStage([many(100)], [unknown]);
  await pass(6 * MINUTE_ms);
  expect([new Set(asked).size, asked.length, read.length]).toEqual([100, 100, 5]);
  expect(settling.view().batches?.waiting).toHaveLength(40);
});

it('where nothing of a round gets on, the pauses grow all the same', async () => {
  const { read, pass } = settlingStage([many(30)], [{ kind: 'damaged', cause: 'NOT_SIGNED' }]);
  await pass(8 * MINUTE_ms);
  expect(read).toHaveLength(4);
});

it('of many that differed all are asked about after a Z, those of the next round too', async () => {
  const differing = ['a', 'b', 'c'].map((batchNo) => batch(batchNo, { hasDiffered: true }));
  const { asked, pass, engine, closeDay, read } = settlingStage(
    [differing, differing, differing, differing, [...many(19), ...differing], differing.slice(1), []],
    [differs(1), differs(1), differs(1), agreed],
  );
  await pass(MINUTE_ms / 2);
  expect(engine.state.batches?.map(({ outcome }) => outcome)).toEqual(['differs', 'differs', 'differs']);
  asked.length = 0;
  read.length = 0;
  closeDay();
  await pass(2 * MINUTE_ms);
  expect(read).toEqual([
    ['a', 'b', 'c'],
    ['b', 'c'],
  ]);
  expect(asked.slice(-3)).toEqual(['a', 'b', 'c']);
});

it('a line that comes and goes brings a round a minute, and none where nobody was silent', async () => {
  const flap = async (answer: SettleOutcome, waits: number) => {
    const { route, pass, read } = settlingStage([[batch('7', { waits })]], [answer]);
    route(true);
    await pass(MINUTE_ms / 2);
    for (let times = 0; times < 60; times += 1) {
      route(false);
      await pass(4000);
      route(true);
      await pass(6000);
    }
    return read.length;
  };
  // With growing pauses alone it would be 4.
  expect(await flap(silent, 0)).toBeLessThanOrEqual(14);
  expect(await flap(silent, 1)).toBe(4);
});

it('a line that is back for good is used five seconds later', async () => {
  const { route, pass, asked } = settlingStage([[batch('7')]], [silent]);
  await pass(20 * MINUTE_ms);
  const before = asked.length;
  route(false);
  route(true);
  await pass(MINUTE_ms / 10);
  expect(asked).toHaveLength(before + 1);
});

it('a thread that can not be started is told, and tried again', async () => {
  const { pass, waiting, recorded, read } = settlingStage(
    [new Error('ERR_WORKER_INIT_FAILED'), [batch('7')]],
    [agreed],
  );
  await pass(MINUTE_ms / 2);
  expect(waiting()).toEqual([' unread ERR_WORKER_INIT_FAILED']);
  await pass(MINUTE_ms);
  expect([recorded(), read.length, waiting()]).toEqual([['7 agreed'], 2, []]);
});

it('a round that fails itself ends nothing: the next one comes', async () => {
  let failures = 1;
  const changed = () => {
    failures -= 1;
    if (failures >= 0) throw new Error('nobody can be told');
  };
  const { pass, recorded, read } = settlingStage([[batch('7')]], [differs(0), agreed], { changed });
  await pass(2 * MINUTE_ms);
  expect([read.length, recorded()]).toEqual([2, ['7 agreed']]);
});

it('a difference that is told after the end is not looked into', async () => {
  let answer: (outcome: SettleOutcome) => void = () => undefined;
  const held = new Promise<SettleOutcome>((resolve) => (answer = resolve));
  const { pass, read, recorded, settling } = settlingStage([[batch('7')]], [held]);
  await pass(MINUTE_ms / 2);
  settling.stop();
  answer(differs(1));
  await pass(MINUTE_ms);
  expect([read, recorded()]).toEqual([[[]], []]);
});
