// Small harm to bytes and to values: what a bad line, a bad proxy or a bad server could make of an answer.
import type { Chance } from '../month/random.ts';

const strange: readonly unknown[] = [
  null,
  true,
  false,
  0,
  -1,
  1,
  1290,
  12.9,
  1e21,
  '',
  '0',
  '00',
  '12.90',
  '1290',
  'SUCCESS',
  'Y',
  'null',
  '__proto__',
  'constructor',
  'toString',
  '\u0000',
  '收单',
  [],
  {},
  [{}],
];

const spans = { flip: 4, drop: 2, insert: 2, repeat: 1, cut: 1, swap: 1 } as const;

/** At least one byte differs from what was given, or the length does; an empty buffer grows. */
export function harmed(bytes: Buffer, chance: Chance): Buffer {
  let now: Buffer = Buffer.from(bytes);
  for (let left = chance.whole(1, 3); left > 0; left -= 1) now = once(now, chance);
  return now;
}

function once(bytes: Buffer, chance: Chance): Buffer {
  const at = chance.whole(0, Math.max(0, bytes.length - 1));
  const to = Math.min(bytes.length, at + chance.whole(1, 24));
  switch (bytes.length === 0 ? 'insert' : chance.weighted(spans)) {
    case 'flip': {
      const flipped = Buffer.from(bytes);
      flipped[at] = (flipped[at] ?? 0) ^ (1 << chance.whole(0, 7));
      return flipped;
    }
    case 'drop':
      return Buffer.concat([bytes.subarray(0, at), bytes.subarray(to)]);
    case 'insert':
      return Buffer.concat([bytes.subarray(0, at), Buffer.from(chance.hex(8), 'hex'), bytes.subarray(at)]);
    case 'repeat':
      return Buffer.concat([bytes.subarray(0, to), bytes.subarray(at)]);
    case 'cut':
      return bytes.subarray(0, at);
    case 'swap':
      return Buffer.concat([bytes.subarray(to), bytes.subarray(0, to)]);
  }
}

/** A copy of a value with something else in one or more of its places. */
export function altered(value: unknown, others: readonly unknown[], chance: Chance): unknown {
  let now = structuredClone(value);
  for (let left = chance.whole(1, 3); left > 0; left -= 1) now = alteredOnce(now, others, chance);
  return now;
}

function alteredOnce(value: unknown, others: readonly unknown[], chance: Chance): unknown {
  if (typeof value !== 'object' || value === null) return chance.pick(strange);
  if (chance.happens(0.02)) return chance.pick(strange);
  const names = Object.keys(value);
  if (names.length === 0 || chance.happens(0.1)) return { ...value, ...fieldOf(chance.pick(others), chance) };
  const name = chance.pick(names);
  const { [name]: old, ...rest } = value as Record<string, unknown>;
  if (chance.happens(0.2)) return rest;
  if (typeof old === 'object' && old !== null) return { ...rest, [name]: alteredOnce(old, others, chance) };
  const fromElsewhere = chance.happens(0.4) ? fieldOf(chance.pick(others), chance)[name] : undefined;
  return { ...rest, [name]: fromElsewhere ?? changed(old, chance) };
}

/** One field of another honest answer: the likeliest mixture of all. */
function fieldOf(other: unknown, chance: Chance): Record<string, unknown> {
  if (typeof other !== 'object' || other === null) return {};
  const names = Object.keys(other);
  if (names.length === 0) return {};
  const name = chance.pick(names);
  return { [name]: (other as Record<string, unknown>)[name] };
}

function changed(old: unknown, chance: Chance): unknown {
  if (typeof old === 'string' && chance.happens(0.5))
    return harmed(Buffer.from(old), chance).toString('utf8');
  if (typeof old === 'number' && chance.happens(0.5)) return old + chance.whole(-2, 2);
  return chance.pick(strange);
}
