// The text of a mutated file.
import type { Mutant } from './mutant.ts';

/** @throws Error when the text that it changes does not stand there exactly once: the product has changed, or the table is wrong. */
export function mutated(source: string, { name, file, from, to }: Mutant): string {
  const parts = source.split(from);
  if (parts.length !== 2)
    throw new Error(`${name}: its text stands ${parts.length - 1} times in ${file}, not once`);
  return parts.join(to);
}
