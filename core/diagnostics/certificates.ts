// How long the certificates of a route are still good for. Alarms at 30, 7 and 1 days: a new one takes the acquirer days to give.
import { type CertificateEnd, fail, type Found, pass, skipped } from './parts.ts';

const day_ms = 24 * 3600 * 1000;
const ALARM_days = 30;

/** The more pressing the nearer the end, which decides; the last also for one that is over. */
function alarmOf(left_days: number) {
  if (left_days < 1) return 'certificateEndsNow';
  return left_days < 7 ? 'certificateEndsThisWeek' : 'certificateEnds';
}

/** The ends that are near, the nearest first: `keys.alipayCertificateFile 7 d (2026-12-05)`. */
export function certificatesFound(ends: readonly CertificateEnd[], wall_ms: number): Found {
  if (ends.length === 0) return skipped('certificatesNone');
  const sorted = ends.toSorted((a, b) => a.validTo_ms - b.validTo_ms);
  const shown = sorted.map(({ name, validTo_ms }) => {
    const left_days = Math.floor((validTo_ms - wall_ms) / day_ms);
    return { left_days, text: `${name} ${left_days} d (${new Date(validTo_ms).toISOString().slice(0, 10)})` };
  });
  const near = shown.filter(({ left_days }) => left_days < ALARM_days);
  const [nearest] = near;
  if (nearest !== undefined) return fail(alarmOf(nearest.left_days), near.map(({ text }) => text).join(', '));
  return pass('certificatesFresh', shown[0]?.text ?? '');
}
