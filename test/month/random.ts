// Seeded chance: the same seed gives the same month. Each part of the shop has a stream of its own, so that one more draw in
// one part does not shuffle the others.
export type Chance = {
  /** 0 <= x < 1. */
  unit(): number;
  /** True in `share` of the cases. */
  happens(share: number): boolean;
  whole(from: number, to: number): number;
  pick<Item>(items: readonly Item[]): Item;
  /** By weight; the weights need not sum to 1. */
  weighted<Name extends string>(weights: Readonly<Record<Name, number>>): Name;
  hex(length_bytes: number): string;
  digits(count: number): string;
};

const DIGITS = '0123456789abcdef';

/** mulberry32. */
function generator(seed: number): () => number {
  let state = seed | 0;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

/** FNV-1a: tells the streams of one seed apart. */
function seedOf(seed: number, stream: string): number {
  let hash = 0x811c9dc5 ^ seed;
  for (const letter of stream) hash = Math.imul(hash ^ (letter.codePointAt(0) ?? 0), 0x01000193);
  return hash;
}

export function chanceFor(seed: number, stream: string): Chance {
  const unit = generator(seedOf(seed, stream));
  const whole = (from: number, to: number) => from + Math.floor(unit() * (to - from + 1));
  const text = (count: number, base: number) => {
    let drawn = '';
    for (let at = 0; at < count; at += 1) drawn += DIGITS.charAt(whole(0, base - 1));
    return drawn;
  };
  return {
    unit,
    whole,
    happens: (share) => unit() < share,
    pick: (items) => {
      const item = items[whole(0, items.length - 1)];
      if (item === undefined) throw new Error('nothing to pick from');
      return item;
    },
    weighted: (weights) => {
      const names = Object.keys(weights) as (keyof typeof weights)[];
      let left = unit() * names.reduce((sum, name) => sum + weights[name], 0);
      const found = names.find((name) => (left -= weights[name]) < 0) ?? names.at(-1);
      if (found === undefined) throw new Error('nothing to weigh');
      return found;
    },
    hex: (length_bytes) => text(length_bytes * 2, 16),
    digits: (count) => text(count, 10),
  };
}
