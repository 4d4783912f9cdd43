// Calendar text without a clock: pure arithmetic on milliseconds since the epoch.

const DAY_ms = 24 * 3600 * 1000;

/** Days since 1970-01-01 -> proleptic Gregorian date (Howard Hinnant's civil_from_days). */
function dateOf(days: number): { year: number; month: number; day: number } {
  const shifted = days + 719_468;
  const era = Math.floor(shifted / 146_097);
  const dayOfEra = shifted - era * 146_097;
  const yearOfEra = Math.floor(
    (dayOfEra -
      Math.floor(dayOfEra / 1460) +
      Math.floor(dayOfEra / 36_524) -
      Math.floor(dayOfEra / 146_096)) /
      365,
  );
  const dayOfYear = dayOfEra - (365 * yearOfEra + Math.floor(yearOfEra / 4) - Math.floor(yearOfEra / 100));
  const marchMonth = Math.floor((5 * dayOfYear + 2) / 153);
  const month = marchMonth < 10 ? marchMonth + 3 : marchMonth - 9;
  const day = dayOfYear - Math.floor((153 * marchMonth + 2) / 5) + 1;
  return { year: yearOfEra + era * 400 + (month <= 2 ? 1 : 0), month, day };
}

function digits(value: number, width: number): string {
  return String(value).padStart(width, '0');
}

/** ISO 8601 in UTC with milliseconds, as `Date.prototype.toISOString` writes it. */
export function isoFromMs(ms: number): string {
  const whole_ms = Math.floor(ms);
  const days = Math.floor(whole_ms / DAY_ms);
  const { year, month, day } = dateOf(days);
  const left_ms = whole_ms - days * DAY_ms;
  const time = [3_600_000, 60_000, 1000].map((unit_ms, index) =>
    digits(Math.floor(left_ms / unit_ms) % (index === 0 ? 24 : 60), 2),
  );
  return `${digits(year, 4)}-${digits(month, 2)}-${digits(day, 2)}T${time.join(':')}.${digits(left_ms % 1000, 3)}Z`;
}

/** Days since 1970-01-01 of a date (days_from_civil of the same author). */
function daysOf(year: number, month: number, day: number): number {
  const marchYear = month <= 2 ? year - 1 : year;
  const era = Math.floor(marchYear / 400);
  const yearOfEra = marchYear - era * 400;
  const dayOfYear = Math.floor((153 * (month > 2 ? month - 3 : month + 9) + 2) / 5) + day - 1;
  const dayOfEra = yearOfEra * 365 + Math.floor(yearOfEra / 4) - Math.floor(yearOfEra / 100) + dayOfYear;
  return era * 146_097 + dayOfEra - 719_468;
}

/** What `isoFromMs` has written; null for any other text. */
export function msFromIso(text: string): number | null {
  const parts = /^(\d{4})-(\d\d)-(\d\d)T(\d\d):(\d\d):(\d\d)\.(\d{3})Z$/.exec(text)?.slice(1).map(Number);
  if (parts === undefined) return null;
  const [year = 0, month = 0, day = 0, hour = 0, minute = 0, second = 0, rest_ms = 0] = parts;
  const days = daysOf(year, month, day);
  return days * DAY_ms + ((hour * 60 + minute) * 60 + second) * 1000 + rest_ms;
}

const SHANGHAI_OFFSET_ms = 8 * 3600 * 1000;

/** 2026-11-23 10:42:07, the shop's clock (Asia/Shanghai has had no daylight saving time since 1991). */
export function shanghaiTime(ms: number): string {
  return isoFromMs(ms + SHANGHAI_OFFSET_ms)
    .slice(0, 19)
    .replace('T', ' ');
}

/** 2026-11-23: the shop's calendar day. */
export function shanghaiDate(ms: number): string {
  return shanghaiTime(ms).slice(0, 10);
}
