// The program itself, its clock, and the work that waits: outbox and offline queue.
import { isProven } from '../domain/payment/state.ts';
import type { OutboxRow } from '../ports/journal.ts';
import { ageText } from './age.ts';
import { fail, type Found, type Group, line, type Parts, pass, skipped } from './parts.ts';

/** Reversals and inquiries are due every minute at the latest (reference gateway): ten without an end want a person. */
const OVERDUE_ms = 10 * 60 * 1000;

function coreLine({ version, recorder }: Parts): Found {
  const { node } = process.versions;
  const { fault } = recorder;
  // One line for what support misses later and nobody else does (docs/replay.md).
  if (fault !== null) return fail('recordingOff', `${fault.code}: ${fault.detail}`);
  return pass('coreRuns', `${version}, node ${node}, pid ${process.pid}, ${Math.round(process.uptime())} s`);
}

function clockLine({ engine, store }: Parts): Found {
  const { now_iso, clockTrusted } = engine.surroundings();
  const second = (at: string) => at.slice(0, 19).replace('T', ' ');
  const detail = `${second(now_iso)} UTC, journal ${second(store.newestAt() ?? '-')}`;
  return clockTrusted ? pass('good', detail) : fail('clockBehindJournal', detail);
}

/** The first paper in line is the one that is tried; its sale may have left memory. */
function isPaperRefused({ engine, store }: Parts, rows: readonly OutboxRow[]): boolean {
  const first = rows.find(({ kind }) => kind === 'print');
  if (first === undefined) return false;
  const receipt = engine.state.receipts[first.reference] ?? store.loadReceipt(first.reference);
  return receipt?.proof === 'nothing';
}

function outboxLine(parts: Parts): Found {
  const { engine, store } = parts;
  const rows = store.openRows();
  if (rows.length === 0) return pass('nothingOpen');
  const kinds = Map.groupBy(rows, ({ kind }) => kind);
  const detail = [...kinds].map(([kind, some]) => `${kind} ${some.length}`).join(', ');
  const { now_ms } = engine.surroundings();
  const unproven = Object.values(engine.state.attempts).filter(
    ({ machine }) => !machine.deferred && !isProven(machine.state),
  );
  const ages = unproven.map(({ openedAt_ms }) => now_ms - openedAt_ms);
  const oldest_ms = Math.max(0, ...ages);
  if (oldest_ms > OVERDUE_ms) return fail('workOverdue', `${detail}; ${ageText(oldest_ms)}`);
  return isPaperRefused(parts, rows) ? fail('printWaits', detail) : pass('workInTime', detail);
}

/** The modes of all routes where none queues: `refuse, hold`. */
function queueOff(lines: Parts['lines']): Found {
  const modes = lines.map(({ settings }) => settings.offline.mode);
  return modes.includes('queue') ? pass('queueEmpty') : skipped('queueOff', [...new Set(modes)].join(', '));
}

function queueLine({ engine, lines }: Parts): Found {
  const queued = Object.values(engine.state.attempts).filter(
    ({ machine }) => machine.deferred && !isProven(machine.state),
  );
  if (queued.length === 0) return queueOff(lines);
  const { now_ms } = engine.surroundings();
  const total_fen = queued.reduce((sum, { amount_fen }) => sum + amount_fen, 0);
  const oldest_ms = Math.max(...queued.map(({ openedAt_ms }) => now_ms - openedAt_ms));
  const detail = `${queued.length}, ${(total_fen / 100).toFixed(2)}, ${ageText(oldest_ms)}`;
  const isOnline = (routeId: string) => engine.state.routes[routeId]?.online === true;
  if (!queued.every(({ routeId }) => isOnline(routeId))) return fail('queueOffline', detail);
  return oldest_ms > OVERDUE_ms ? fail('queueStuck', detail) : pass('queueMoving', detail);
}

export const tillGroup: Group = {
  checks: ['till.core', 'till.clock', 'work.outbox', 'work.queue'],
  run: async (parts, post) => {
    const at_ms = performance.now();
    post(line('till.core', at_ms, coreLine(parts)));
    post(line('till.clock', at_ms, clockLine(parts)));
    post(line('work.outbox', at_ms, outboxLine(parts)));
    post(line('work.queue', at_ms, queueLine(parts)));
  },
};
