// One row of the table: a mutant, what caught it, and after how much looking.
import type { Hunt } from './hunt.ts';
import type { Mutant } from './mutant.ts';

export type Row = {
  name: string;
  mistake: string;
  caught: { invariant: string; by: string } | null;
  needed: string;
  /** Why there is no catch, where there is none. */
  trouble: string | null;
};

export function rowOf({ name, mistake, byAssert }: Mutant, { caught, seeds, strays, stray }: Hunt): Row {
  const needed = seeds === 1 ? '1 seed' : `${seeds} seeds`;
  if (caught === null) {
    const trouble = strays === 0 ? 'survives' : `survives; ${strays} seeds end in an error: ${stray}`;
    return { name, mistake, caught: null, needed, trouble };
  }
  const isAssert = caught.invariant === 'noDefect';
  const invariant = isAssert ? `noDefect (assert "${byAssert}")` : caught.invariant;
  return { name, mistake, caught: { invariant, by: `seed ${caught.seed}` }, needed, trouble: null };
}

export function lineOf({ name, caught, needed, trouble }: Row): string {
  const end = caught === null ? `NOT CAUGHT: ${trouble}` : `${caught.invariant.padEnd(24)} ${caught.by}`;
  return `${name.padEnd(28)} ${needed.padEnd(12)} ${end}`;
}

/** As docs/proof.md has it. */
export function markdownOf(rows: readonly Row[]): string {
  const cells = rows.map(({ name, mistake, caught, needed }) => {
    const end = caught === null ? ['**not caught**', ''] : [caught.invariant, caught.by];
    return `| ${[name, mistake, ...end, needed].join(' | ')} |`;
  });
  return ['| Mutant | The mistake | Caught by | First | Needed |', '|---|---|---|---|---|', ...cells].join(
    '\n',
  );
}
