// Shanghai's clock from milliseconds since 1970, UTC: always eight hours ahead, no daylight saving since 1991.
const HOUR_ms = 3_600_000;
export const DAY_ms = 24 * HOUR_ms;
const AHEAD_ms = 8 * HOUR_ms;

function pad(value: number, length: number): string {
  return String(value).padStart(length, '0');
}

/** Days since 1970-01-01 as a date of the Gregorian calendar; the year is reckoned from March, so that leap days end it. */
function dateOfDay(day: number): string {
  const fromMarch0000 = day + 719_468;
  const era = Math.floor(fromMarch0000 / 146_097);
  const dayOfEra = fromMarch0000 - era * 146_097;
  const leapDays =
    Math.floor(dayOfEra / 1460) - Math.floor(dayOfEra / 36_524) + Math.floor(dayOfEra / 146_096);
  const yearOfEra = Math.floor((dayOfEra - leapDays) / 365);
  const dayOfYear = dayOfEra - (365 * yearOfEra + Math.floor(yearOfEra / 4) - Math.floor(yearOfEra / 100));
  const monthFromMarch = Math.floor((5 * dayOfYear + 2) / 153);
  const dayOfMonth = dayOfYear - Math.floor((153 * monthFromMarch + 2) / 5) + 1;
  const month = monthFromMarch < 10 ? monthFromMarch + 3 : monthFromMarch - 9;
  const year = yearOfEra + era * 400 + (month <= 2 ? 1 : 0);
  return `${pad(year, 4)}-${pad(month, 2)}-${pad(dayOfMonth, 2)}`;
}

export function shanghaiDate(at_ms: number): string {
  return dateOfDay(Math.floor((at_ms + AHEAD_ms) / DAY_ms));
}

/** "00" to "23". */
export function shanghaiHour(at_ms: number): string {
  const intoDay_ms = (((at_ms + AHEAD_ms) % DAY_ms) + DAY_ms) % DAY_ms;
  return pad(Math.floor(intoDay_ms / HOUR_ms), 2);
}
