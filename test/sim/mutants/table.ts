// All mutants of the product that the simulation must catch.
import type { Mutant } from './mutant.ts';
import { acquirerMutants } from './list/acquirer.ts';
import { bookMutants } from './list/books.ts';
import { engineMutants } from './list/engine.ts';
import { mainScanMutants } from './list/main-scan.ts';
import { paperMutants } from './list/papers.ts';
import { paymentMutants } from './list/payments.ts';
import { restoreMutants } from './list/restore.ts';

export const mutants: readonly Mutant[] = [
  ...paymentMutants,
  ...mainScanMutants,
  ...acquirerMutants,
  ...engineMutants,
  ...bookMutants,
  ...restoreMutants,
  ...paperMutants,
];

/** @throws Error when there is none of this name. */
export function mutantOf(name: string): Mutant {
  const found = mutants.find((one) => one.name === name);
  if (found === undefined) throw new Error(`no mutant is called ${name}`);
  return found;
}
