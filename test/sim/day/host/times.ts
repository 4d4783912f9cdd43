// Asia/Shanghai times of the wire, by arithmetic: Intl would cost more than the rest of a request.
const ZONE_ms = 8 * 3_600_000;
const HOUR_ms = 3_600_000;
const stamp = /^(\d{4})(\d\d)(\d\d)(\d\d)(\d\d)(\d\d)$/;

/** 2026-01-31T20:15:00.000Z is this, eight hours later: the wall clock of the shop. */
function shopIso(at_ms: number): string {
  return new Date(at_ms + ZONE_ms).toISOString();
}

/** yyyyMMddHHmmss. */
export function stampOf(at_ms: number): string {
  const iso = shopIso(at_ms);
  return `${dateDigits(iso)}${iso.slice(11, 13)}${iso.slice(14, 16)}${iso.slice(17, 19)}`;
}

/** Null for anything that is no instant, 31 February included. */
export function readStamp(text: string): number | null {
  const parts = stamp.exec(text);
  if (parts === null) return null;
  const [year = 0, month = 0, day = 0, hour = 0, minute = 0, second = 0] = parts.slice(1).map(Number);
  const at_ms = Date.UTC(year, month - 1, day, hour, minute, second) - ZONE_ms;
  return stampOf(at_ms) === text ? at_ms : null;
}

/** 2026-01-31T20:15:00+08:00. */
export function isoOf(at_ms: number): string {
  return `${shopIso(at_ms).slice(0, 19)}+08:00`;
}

/** yyyyMMdd of the clearing day, which ends at 23:00: a void is possible on the day of its charge only. */
export function settlementDateOf(at_ms: number): string {
  return dateDigits(shopIso(at_ms + HOUR_ms));
}

function dateDigits(iso: string): string {
  return iso.slice(0, 4) + iso.slice(5, 7) + iso.slice(8, 10);
}
