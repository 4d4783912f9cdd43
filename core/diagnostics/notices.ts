// What became of the notices that a merchant's relay hands on: no payment waits for them, so that nothing of it concerns a cashier.
import type { NoticesReport } from '../engine/notices.ts';
import { fail, type Found, pass, skipped } from './parts.ts';

/** The relay's own no to our token. */
const refusals = new Set(['HTTP_401', 'HTTP_403']);

/** Longer ago it says nothing about today: anybody may post to a public address. */
const FRESH_ms = 24 * 3600 * 1000;

export function noticesFound(report: NoticesReport | null, now_ms: number): Found {
  if (report === null) return skipped('noticesNone');
  const { cause, wasReached, ours, others, problems, problem } = report;
  if (cause !== null) return fail(refusals.has(cause) ? 'noticesRefused' : 'noticesAway', cause);
  if (!wasReached) return skipped('noticesUntold');
  const counted = `${ours} + ${others}, ${problems} ?`;
  const isFresh = problem !== null && now_ms - problem.at_ms < FRESH_ms;
  return isFresh ? fail('noticesDoubtful', `${problem.what}, ${counted}`) : pass('noticesHeard', counted);
}
