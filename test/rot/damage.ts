// One piece of damage: where, of what kind, drawn from a seeded chance. What a bad disk, card or cable does to bytes at rest.
import { existsSync, readFileSync, truncateSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Chance } from '../month/random.ts';
import { places, type Template } from './day.ts';
import { liveFrames } from './wal.ts';

export type Kind = 'bit' | 'byte' | 'sector' | 'page' | 'tail' | 'stray';

export type Damage = { file: string; kind: Kind; at: number; value: number };

const targets: [string, number][] = [
  [`${places.state}/journal.db`, 45],
  [`${places.state}/journal.db-wal`, 25],
  [`${places.state}/head`, 8],
  [`${places.state}/lock.db`, 2],
  [`${places.keys}/queue.key`, 6],
  [places.config, 6],
  [`${places.config}.sha256`, 1],
  [places.goods, 6],
  [`${places.goods}.sha256`, 1],
];
const kinds: Record<Kind, number> = { bit: 62, byte: 16, sector: 8, page: 6, tail: 6, stray: 2 };
const SECTOR_bytes = 512;
const PAGE_bytes = 4096;

function endOfLife(wal: Buffer): number {
  const frames = liveFrames(wal);
  const [first = 0, second = wal.length] = frames;
  return (frames.at(-1) ?? wal.length - (second - first)) + (second - first);
}

/** An empty file has nothing to flip: only something strange can come into it. */
export function drawDamage(chance: Chance, { directory }: Template): Damage {
  const there = Object.fromEntries(targets.filter(([file]) => existsSync(join(directory, file))));
  const file = chance.weighted(there);
  const bytes = readFileSync(join(directory, file));
  // Dead frames prove little: most damage of a WAL goes to the live ones.
  const alive = file.endsWith('-wal') && chance.happens(0.9) ? endOfLife(bytes) : bytes.length;
  const size = Math.min(alive, bytes.length);
  const kind = size === 0 ? 'stray' : chance.weighted(kinds);
  return { file, kind, at: chance.whole(0, Math.max(0, size - 1)), value: chance.whole(0, 255) };
}

function spoil(bytes: Buffer, { kind, at, value }: Damage): Buffer {
  switch (kind) {
    case 'bit':
      bytes.writeUInt8(bytes.readUInt8(at) ^ (1 << (value % 8)), at);
      return bytes;
    case 'byte':
      bytes.writeUInt8(value, at);
      return bytes;
    case 'sector':
    case 'page': {
      const width = kind === 'sector' ? SECTOR_bytes : PAGE_bytes;
      const start = at - (at % width);
      return bytes.fill(0, start, Math.min(bytes.length, start + width));
    }
    default:
      return Buffer.concat([bytes, Buffer.alloc(1 + (at % PAGE_bytes), value)]);
  }
}

export function inflict(directory: string, damage: Damage): void {
  const file = join(directory, damage.file);
  if (damage.kind === 'tail') truncateSync(file, damage.at);
  else writeFileSync(file, spoil(readFileSync(file), damage));
}

export function damageText({ file, kind, at, value }: Damage): string {
  return `${kind} ${value} at ${at} of ${file}`;
}
