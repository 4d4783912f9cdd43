// Numbers and times as people read them. Money is integer fen everywhere; only here it becomes text.

/** 118741 -> "1,187.41". */
export function formatFen(amount_fen: number): string {
  const sign = amount_fen < 0 ? '−' : '';
  const digits = String(Math.abs(amount_fen)).padStart(3, '0');
  const whole = digits.slice(0, -2).replace(/\B(?=(\d{3})+$)/g, ',');
  return `${sign}${whole}.${digits.slice(-2)}`;
}

export function formatYuan(amount_fen: number): string {
  const text = formatFen(amount_fen);
  return text.startsWith('−') ? `−¥${text.slice(1)}` : `¥${text}`;
}

/** The shop's clock, which is also the receipt's and the acquirer's, whatever the machine's own zone is. */
const shopTime = new Intl.DateTimeFormat('en-GB', {
  timeZone: 'Asia/Shanghai',
  month: 'numeric',
  day: '2-digit',
  hour: '2-digit',
  minute: '2-digit',
  second: '2-digit',
  hourCycle: 'h23',
});

function part(at_ms: number, type: 'month' | 'day' | 'hour' | 'minute' | 'second'): string {
  return shopTime.formatToParts(at_ms).find((one) => one.type === type)?.value ?? '';
}

/** "10:42". */
export function formatClock(at_ms: number): string {
  return `${part(at_ms, 'hour')}:${part(at_ms, 'minute')}`;
}

/** "10:42:07". */
export function formatTime(at_ms: number): string {
  return `${formatClock(at_ms)}:${part(at_ms, 'second')}`;
}

/** "11-23 10:42". */
export function formatDay(at_ms: number): string {
  return `${part(at_ms, 'month')}-${part(at_ms, 'day')} ${formatClock(at_ms)}`;
}

/** Whole seconds from now until then, never below 0. */
export function secondsUntil(then_ms: number, now_ms: number): number {
  return Math.max(0, Math.ceil((then_ms - now_ms) / 1000));
}

export function secondsSince(then_ms: number, now_ms: number): number {
  return Math.max(0, Math.floor((now_ms - then_ms) / 1000));
}

/** An age in the largest unit that says it: seconds below two minutes, minutes below two hours, then hours, then days. */
export function ageParts(age_ms: number): { unit: 'seconds' | 'minutes' | 'hours' | 'days'; count: number } {
  const seconds = Math.max(0, Math.floor(age_ms / 1000));
  if (seconds < 120) return { unit: 'seconds', count: seconds };
  if (seconds < 7_200) return { unit: 'minutes', count: Math.floor(seconds / 60) };
  if (seconds < 172_800) return { unit: 'hours', count: Math.floor(seconds / 3_600) };
  return { unit: 'days', count: Math.floor(seconds / 86_400) };
}

const shopDay = new Intl.DateTimeFormat('en-CA', {
  timeZone: 'Asia/Shanghai',
  year: 'numeric',
  month: '2-digit',
  day: '2-digit',
});

/** "2026-11-23". */
export function shopDate(at_ms: number): string {
  return shopDay.format(at_ms);
}
