// The shop's calendar, made here once more: Shanghai is UTC+8 all year.
const HOUR_ms = 3_600_000;
export const DAY_ms = 24 * HOUR_ms;

/** Midnight in Shanghai of 2 November 2026, a Monday. */
const FIRST_ms = Date.UTC(2026, 10, 2) - 8 * HOUR_ms;

/** `day` counts from 0; `hour` may have a fraction, and go over 24. */
export function at_ms(day: number, hour: number): number {
  return FIRST_ms + day * DAY_ms + Math.round(hour * HOUR_ms);
}

/** 20261102. */
export function shanghaiDateOf(ms: number): string {
  return new Date(ms + 8 * HOUR_ms).toISOString().slice(0, 10).replaceAll('-', '');
}

/** ISO 8601 with the shop's offset. */
export function shanghaiIso(ms: number): string {
  return new Date(ms + 8 * HOUR_ms).toISOString().replace('Z', '+08:00');
}
