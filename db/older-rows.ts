// What the rows of an older schema hold: a journal is verified before it is carried over, too, and must not seem damaged for its age.
import { type GiveBack } from '../core/domain/giveback/give-back.ts';

/** Since this one sold sales have rows of their own, and what is back twice is told. */
const TELLING_schema = 4;

export function hasSold(schema: number): boolean {
  return schema >= TELLING_schema;
}

/** As the program of that schema kept it: money that is back twice was nobody's to look into. */
export function giveBackOfSchema(one: GiveBack, schema: number): GiveBack {
  if (schema >= TELLING_schema) return one;
  const { isLoss: _, ...kept } = one;
  return kept;
}
