// One mutant: a mistake of the product that an engineer might really make, as one replacement of text in one file.
export type Mutant = {
  name: string;
  /** The mistake in words. */
  mistake: string;
  /** From the checkout's root. */
  file: string;
  /** Stands exactly once in the file. */
  from: string;
  to: string;
  /** Part of the message of the product's own assert, or of a constraint of its schema, that is meant to stop it: nothing wrong gets
   *  on the disk then. Without it a thrown error is no catch. */
  byAssert?: string;
  /** The days on which it can show, where those are rare: it is hunted on them alone. */
  days?: 'restored' | 'setAhead';
};
