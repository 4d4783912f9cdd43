// When the line is down: minutes every day, hours on some, a whole working day so that queued payments expire, and evenings that
// leave something open at the Z or reach over the clearing day's end.
import { at_ms } from './calendar.ts';
import type { Chance } from './random.ts';
import type { Outage } from './wire.ts';

export type Evening = 'plain' | 'openShift' | 'openPayment' | 'parkedSale' | 'openSale' | 'late';

export const EVENING_OUTAGE_h = 22.1;

const evenings: Evening[] = ['plain', 'openShift', 'late', 'openPayment', 'parkedSale', 'openSale', 'plain'];

export function eveningOf(day: number): Evening {
  return evenings[day % evenings.length] ?? 'plain';
}

function shortOnes(chance: Chance, day: number): Outage[] {
  return Array.from({ length: 2 }, () => {
    const from_ms = at_ms(day, 9 + chance.unit() * 12);
    const kind = chance.pick(['hostUnreachable', 'hostSilent'] as const);
    return { from_ms, to_ms: from_ms + chance.whole(15_000, 150_000), kind };
  });
}

function longOne(chance: Chance, day: number): Outage[] {
  const kind = chance.pick(['hostUnreachable', 'hostSilent'] as const);
  if (day % 10 === 6) return [{ from_ms: at_ms(day, 10), to_ms: at_ms(day, 20.5), kind }];
  if (day % 3 !== 1) return [];
  const from = 9 + chance.unit() * 8;
  return [{ from_ms: at_ms(day, from), to_ms: at_ms(day, from + 0.7 + chance.unit() * 1.5), kind }];
}

function eveningOnes(day: number): Outage[] {
  switch (eveningOf(day)) {
    case 'openPayment':
      return [{ from_ms: at_ms(day, EVENING_OUTAGE_h), to_ms: at_ms(day, 23.3), kind: 'hostSilent' }];
    case 'late':
      return [{ from_ms: at_ms(day, 22.9), to_ms: at_ms(day, 23.05), kind: 'hostUnreachable' }];
    default:
      return [];
  }
}

export function outagesFor(chance: Chance, days: number): Outage[] {
  return Array.from({ length: days }, (_, day) => day).flatMap((day) => [
    ...shortOnes(chance, day),
    ...longOne(chance, day),
    ...eveningOnes(day),
  ]);
}
