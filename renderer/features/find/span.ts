// Which time is looked through: a day of the shop's clock, whole or a part of it, or all days. Pure.
import { shopDate } from '../../lib/format.ts';

const HOUR_ms = 3_600_000;
const DAY_ms = 24 * HOUR_ms;

/** Parts of a day as people remember them, in whole hours. */
export const partsOfDay = [
  { from_h: 0, to_h: 9 },
  { from_h: 9, to_h: 12 },
  { from_h: 12, to_h: 15 },
  { from_h: 15, to_h: 18 },
  { from_h: 18, to_h: 24 },
] as const;

/** `date` null: all days, and then no part of one. */
export type Span = { date: string | null; part: number | null };

const startOf_ms = (date: string): number => Date.parse(`${date}T00:00:00+08:00`);

/** "09:00-12:00". */
export function partName(part: number): string {
  const of = partsOfDay[part];
  const clock = (hour: number) => `${String(hour).padStart(2, '0')}:00`;
  return of === undefined ? '' : `${clock(of.from_h)}–${clock(of.to_h)}`;
}

/** From, and until without it; null where nothing bounds it. */
export function boundsOf({ date, part }: Span): { from_ms: number | null; to_ms: number | null } {
  if (date === null) return { from_ms: null, to_ms: null };
  const start_ms = startOf_ms(date);
  const of = (part === null ? undefined : partsOfDay[part]) ?? { from_h: 0, to_h: 24 };
  return { from_ms: start_ms + of.from_h * HOUR_ms, to_ms: start_ms + of.to_h * HOUR_ms };
}

/** So many days on; never beyond today. From all days it begins with today. */
export function stepped(span: Span, days: number, today: string): Span {
  if (span.date === null) return { ...span, date: today };
  const date = shopDate(startOf_ms(span.date) + days * DAY_ms);
  return { ...span, date: date > today ? today : date };
}
