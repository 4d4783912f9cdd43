// What a crash leaves of the drawer: no pulse is ever sent a second time, however many were on their way.
import { expect, test } from 'vitest';
import { codeScan, TestTill } from '../../../test/sim/till-kit.ts';

const open = {
  kind: 'drawerAsked',
  cause: 'noSale',
  reason: '换零',
  operatorId: '1',
  approverId: '2',
} as const;

function restarted(till: TestTill, sentDrawerIds: string[]) {
  const before = till.records.length;
  const result = till.tell({
    kind: 'coreStarted',
    version: '1',
    runtime: 'node',
    sentIds: [],
    sentDrawerIds,
  });
  expect(result.effects).toEqual([]);
  return till.records
    .slice(before)
    .flatMap((one) => (one.type === 'drawer.ended' ? [[one.body.openId, one.body.outcome]] : []));
}

test('a pulse marked sent is unknown, one that was not is failed; the till then shows which', () => {
  const till = TestTill.ready();
  till.tell(open);
  expect(restarted(till, [])).toEqual([['D001000002', 'failed']]);
  till.tell(open);
  expect(restarted(till, ['D001000003'])).toEqual([['D001000003', 'unknown']]);
  expect(till.state.drawer).toEqual({ openId: 'D001000003', outcome: 'unknown' });
});

test('two pulses on their way at the crash are both ended, the older one too', () => {
  const till = TestTill.ready();
  till.tell(open);
  till.tell(open);
  expect(restarted(till, ['D001000002', 'D001000003'])).toEqual([
    ['D001000002', 'unknown'],
    ['D001000003', 'unknown'],
  ]);
});

const start = { kind: 'coreStarted', version: '1', runtime: 'node', sentIds: [], sentDrawerIds: [] } as const;
const DAY_ms = 24 * 3_600_000;

/** Queued by a run that began `behind_ms` before the true time, when the wall clock was right again. */
function queuedBehind(behind_ms: number): TestTill {
  const till = TestTill.tendering();
  till.line(false);
  till.now_ms = 100 * DAY_ms - behind_ms;
  till.wall_ms = 100 * DAY_ms;
  till.tell(codeScan());
  expect(till.newest().machine.state.kind).toBe('queued');
  till.now_ms = 100 * DAY_ms + 3_600_000;
  till.wall_ms = null;
  return till;
}

test('what a run queued whose clock was a week behind, and was set, is an hour old in the next run', () => {
  const till = queuedBehind(7 * DAY_ms);
  till.tell(start);
  const due_ms = 101 * DAY_ms;
  expect(till.newest().machine).toMatchObject({
    state: { kind: 'queued', expiresAt_ms: due_ms },
    due: { at_ms: due_ms },
  });
});

test('a start does not make anything younger whose run had the right time', () => {
  const till = queuedBehind(0);
  const before = till.newest().machine;
  till.tell(start);
  expect(till.newest().machine).toEqual(before);
});

test('what was taken while the wall clock was ahead is no younger at each start', () => {
  const till = TestTill.tendering();
  till.line(false);
  till.now_ms = 100 * DAY_ms;
  till.wall_ms = 107 * DAY_ms;
  till.tell(codeScan());
  till.wall_ms = null;
  till.later(3_600_000);
  const before = till.newest().machine;
  till.tell(start);
  expect(till.newest().machine).toEqual(before);
});

/** Queued while the wall clock was a day ahead of the run's own time; at the next start it says `wall_ms`. */
function queuedAhead(wall_ms: number): TestTill {
  const till = TestTill.tendering();
  till.line(false);
  till.now_ms = 100 * DAY_ms;
  till.wall_ms = 101 * DAY_ms;
  till.tell(codeScan());
  till.wall_ms = null;
  till.now_ms = wall_ms;
  return till;
}

test('set a day ahead and an hour back again: what was queued in between is as old as it is, and is not lost', () => {
  const hour_ms = DAY_ms / 24;
  // Ten minutes later, by a clock that stands 23 hours ahead of the time that the run began with.
  const till = queuedAhead(101 * DAY_ms - hour_ms + 600_000);
  till.tell({ ...start, clockSetBy_ms: DAY_ms - hour_ms });
  const due_ms = 102 * DAY_ms - hour_ms;
  expect(till.newest().machine).toMatchObject({
    state: { kind: 'queued', expiresAt_ms: due_ms },
    due: { at_ms: due_ms },
  });
});

test('set years ahead and back again: it waits no longer than it may', () => {
  const till = queuedAhead(100 * DAY_ms + 600_000);
  till.tell({ ...start, clockSetBy_ms: 0 });
  expect(till.newest().machine.due).toEqual({ at_ms: 101 * DAY_ms, after_ms: DAY_ms });
  const behind = queuedAhead(90 * DAY_ms + 600_000);
  behind.tell({ ...start, clockSetBy_ms: -10 * DAY_ms });
  expect(behind.newest().machine.due?.at_ms).toBe(91 * DAY_ms);
});

test('taken while the clock was ahead, and set right in that run: no later start makes it young again', () => {
  const hour_ms = DAY_ms / 24;
  const till = queuedBehind(0);
  till.now_ms -= 12 * hour_ms;
  const { tillSequence: firstTaken } = till.newest();
  till.tell({ ...start, clockSetBy_ms: -12 * hour_ms, firstTaken });
  const { due } = till.newest().machine;
  till.later(12 * hour_ms).tell({ ...start, firstTaken: null });
  expect(till.newest().machine.due?.at_ms).toBe(due?.at_ms);
});
