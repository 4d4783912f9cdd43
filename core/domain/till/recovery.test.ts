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

const hour_ms = DAY_ms / 24;
const YEARS_ms = 6 * 365 * DAY_ms;

/** Queued in the evening of day 3000, by a clock that was right. */
function queuedInTheEvening(): TestTill {
  const till = TestTill.tendering();
  till.line(false);
  till.now_ms = 3000 * DAY_ms;
  till.tell(codeScan());
  return till;
}

/** A run that begins years behind, since the battery is flat, has the clock set while it runs, and leaves for the next one. */
function flatMorning(till: TestTill, at_ms: number, firstTaken: number | null): void {
  till.now_ms = at_ms - YEARS_ms;
  till.tell({ ...start, firstTaken });
  till.later(5000).tell({ kind: 'clockStepped', by_ms: YEARS_ms });
  till.now_ms = at_ms + 10_000;
  till.tell({ ...start, clockSetBy_ms: YEARS_ms, firstTaken: null });
}

test('a flat battery in the morning makes nothing younger that a right clock had queued, however many such mornings there are', () => {
  const till = queuedInTheEvening();
  const { due } = till.newest().machine;
  expect(due?.at_ms).toBe(3001 * DAY_ms);
  flatMorning(till, 3000 * DAY_ms + 12 * hour_ms, till.newest().tillSequence);
  expect(till.newest().machine).toMatchObject({ state: { kind: 'queued', expiresAt_ms: due?.at_ms }, due });
  for (const morning of [1, 2, 3]) {
    flatMorning(till, (3000 + morning) * DAY_ms + 12 * hour_ms, null);
    expect(till.newest().machine.due).toEqual(due);
  }
});

test('what a till of a flat battery queued in its old time, and kept over a start of the same old time, is not lost when the clock is set', () => {
  const till = TestTill.tendering();
  till.line(false);
  const old_ms = 100 * DAY_ms;
  // Three hours after a start; then the power fails, and the board's clock begins with the same date.
  till.now_ms = old_ms + 3 * hour_ms;
  till.tell(codeScan());
  const now_ms = old_ms + YEARS_ms;
  flatMorning(till, now_ms, till.newest().tillSequence);
  expect(till.newest().machine.due?.at_ms).toBeGreaterThan(now_ms + 20 * hour_ms);
});

/** Queued with the clock an hour ahead, which was set right a minute later; that run went on for `ran_ms`. */
function setRight(by_ms: number, ran_ms: number): TestTill {
  const till = queuedInTheEvening();
  const { tillSequence: firstTaken } = till.newest();
  till.later(60_000).tell({ kind: 'clockStepped', by_ms });
  till.later(ran_ms).tell({ ...start, clockSetBy_ms: by_ms, firstTaken });
  return till;
}

test('taken while the clock was ahead, and set right in a run that went on for longer than that: it is no younger', () => {
  const till = setRight(-hour_ms, 2 * hour_ms);
  expect(till.newest().machine.due?.at_ms).toBe(3001 * DAY_ms - hour_ms);
});

test('set back by mistake, and right again before the next start: what was queued is not lost', () => {
  const till = setRight(-YEARS_ms, 2 * hour_ms);
  expect(till.newest().machine.due?.at_ms).toBe(3001 * DAY_ms);
});
