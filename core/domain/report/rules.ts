// By which rules X and Z are made (docs/reports.md). A journal says it at each start, so that what an older program sealed is recomputed as it
// was: no figure of it may change because this one tells more.
import type { TillState } from '../till/state.ts';

/** What this program writes at each start. */
export const REPORT_RULES = 2;

/** Since these rules nothing that a report carried vanishes without a word, and money that went back twice is carried until it was looked into. */
const ALL_ENDS_rules = 2;

type Ruled = Pick<TillState, 'reportRules'>;

export function tellsAllEnds({ reportRules = 1 }: Ruled): boolean {
  return reportRules >= ALL_ENDS_rules;
}

/** Whoever goes on posts by what it says itself; a program of before said nothing. */
export function withRules(state: TillState, { reportRules }: Ruled): TillState {
  if (reportRules !== undefined) return { ...state, reportRules };
  const { reportRules: _, ...rest } = state;
  return rest;
}
