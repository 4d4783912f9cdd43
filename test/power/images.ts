// Which disks a power cut may leave at one moment: everything safe, and of the rest nothing, all, any part, or half a write.
import type { Change } from './disk-view.ts';

export type Choice = { key: string; changes: readonly Change[] };

/** Of so few changes every subset is tried. */
const EXHAUSTIVE_changes = 4;
const SECTOR_bytes = 512;

export type Sampling = { random: () => number; subsets: number; torn: number };

function choiceOf(changes: readonly Change[], torn = ''): Choice {
  return { key: `${changes.map(({ id }) => id).join(',')}${torn}`, changes };
}

function everySubset(pending: readonly Change[]): Choice[] {
  return Array.from({ length: 2 ** pending.length }, (_, mask) =>
    choiceOf(pending.filter((__, bit) => Math.floor(mask / 2 ** bit) % 2 === 1)),
  );
}

/** One file's changes reached the disk and no other's, and the other way about; the same for names. */
function byFile(pending: readonly Change[]): Choice[] {
  const fileOf = (change: Change): number =>
    change.kind === 'write' || change.kind === 'truncate' ? change.file : -1;
  const files = [...new Set(pending.map(fileOf))];
  return files.flatMap((file) => [
    choiceOf(pending.filter((change) => fileOf(change) === file)),
    choiceOf(pending.filter((change) => fileOf(change) !== file)),
  ]);
}

/** A write of which only these sectors arrived. */
function tear(write: Change & { kind: 'write' }, keep: (sector: number) => boolean): Change[] {
  const parts: Change[] = [];
  const { offset, bytes } = write;
  for (let at = 0; at < bytes.length; ) {
    const end = Math.min(
      bytes.length,
      (Math.floor((offset + at) / SECTOR_bytes) + 1) * SECTOR_bytes - offset,
    );
    if (keep(Math.floor((offset + at) / SECTOR_bytes)))
      parts.push({ ...write, offset: offset + at, bytes: bytes.subarray(at, end) });
    at = end;
  }
  return parts;
}

/** The last write, or with its like any other, torn in one of three ways: its front, any of its sectors, zeros in its place. */
function tornWrites(pending: readonly Change[], { random, torn }: Sampling): Choice[] {
  const writes = pending.filter((change) => change.kind === 'write');
  return Array.from({ length: torn }, (_, index) => {
    const victim = index < 3 ? writes.at(-1) : writes[Math.floor(random() * writes.length)];
    if (victim === undefined || victim.bytes.length < 2) return choiceOf([]);
    const first = Math.floor(victim.offset / SECTOR_bytes);
    const sectors = Math.ceil((victim.offset + victim.bytes.length) / SECTOR_bytes) - first;
    const mask = Array.from({ length: sectors }, () => random() < 0.5);
    const end = first + Math.ceil(random() * (sectors - 1));
    const parts = [
      tear(victim, (sector) => sector < end),
      tear(victim, (sector) => mask[sector - first] ?? false),
      [{ ...victim, bytes: Buffer.alloc(victim.bytes.length) }],
    ][index % 3];
    const way = [`<${end}`, `:${mask.map(Number).join('')}`, '=0'][index % 3];
    const changes = pending.flatMap((change) => (change === victim ? (parts ?? []) : [change]));
    return choiceOf(changes, `!${victim.id}${way}`);
  });
}

export function choicesAt(pending: readonly Change[], sampling: Sampling): Choice[] {
  const { random, subsets } = sampling;
  const some =
    pending.length <= EXHAUSTIVE_changes
      ? everySubset(pending)
      : [
          choiceOf([]),
          choiceOf(pending),
          ...byFile(pending),
          ...Array.from({ length: subsets }, () => {
            const share = random();
            return choiceOf(pending.filter(() => random() < share));
          }),
        ];
  const unique = new Map([...some, ...tornWrites(pending, sampling)].map((choice) => [choice.key, choice]));
  return [...unique.values()];
}
