// Times on the wire: ours with a year, UnionPay's without one. Asia/Shanghai, which has had no daylight saving time since 1991. Pure.
import { SHANGHAI_OFFSET_ms } from '../transport/shanghai.ts';

const day_ms = 24 * 3600 * 1000;

/** `yyyyMMddHHmmss`, the digits of `txnTime`. */
export function txnTimeOf(at_ms: number): string {
  const local = new Date(at_ms + SHANGHAI_OFFSET_ms).toISOString();
  return local.slice(0, 19).replaceAll(/[-T:]/g, '');
}

/** The year in which this day lies nearest to `at_ms`; null when there is no such day. `monthDay`: MMDD. */
function yearNear(monthDay: string, at_ms: number): number | null {
  const month = Number(monthDay.slice(0, 2));
  const day = Number(monthDay.slice(2, 4));
  const around = new Date(at_ms + SHANGHAI_OFFSET_ms).getUTCFullYear();
  const years = [around - 1, around, around + 1].filter((year) => {
    const made = new Date(Date.UTC(year, month - 1, day));
    return made.getUTCMonth() === month - 1 && made.getUTCDate() === day;
  });
  const distance = (year: number): number =>
    Math.abs(Date.UTC(year, month - 1, day) + day_ms / 2 - at_ms - SHANGHAI_OFFSET_ms);
  return years.toSorted((left, right) => distance(left) - distance(right))[0] ?? null;
}

/** MMDD -> `yyyyMMdd`. */
export function dateNear(monthDay: string, at_ms: number): string | null {
  const year = yearNear(monthDay, at_ms);
  return year === null ? null : `${year}${monthDay}`;
}

/** MMDDhhmmss -> ISO 8601 with +08:00. */
export function timeOfTrace(trace: string, at_ms: number): string | null {
  const year = yearNear(trace.slice(0, 4), at_ms);
  const [month, day, hour, minute, second] = trace.match(/\d\d/g) ?? [];
  const isTime = Number(hour) < 24 && Number(minute) < 60 && Number(second) < 60;
  return year === null || !isTime ? null : `${year}-${month}-${day}T${hour}:${minute}:${second}+08:00`;
}
