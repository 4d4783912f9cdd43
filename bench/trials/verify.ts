// Verifies the journal of a till with so many sales: the chain alone, and all of it (chain, head, projections refolded).
import { verifyChain } from '../../db/chain.ts';
import { journalRows } from '../../db/journal.ts';
import { openSql } from '../../db/open.ts';
import { verifyStateDirectory } from '../../db/verify.ts';
import { join } from 'node:path';
import { trialInput, trialResult } from '../support/trial-input.ts';

export type VerifyInput = { states: readonly string[]; rounds: number };
/** Records a second, by state directory. */
export type VerifyResult = { records: number[]; chain: number[][]; whole: number[][] };

function chainRate(state: string): number {
  const sql = openSql(join(state, 'journal.db'), { readonly: true });
  const started_ms = performance.now();
  const { sequence, fault } = verifyChain(journalRows(sql));
  const took_s = (performance.now() - started_ms) / 1000;
  sql.close();
  if (fault !== null) throw new Error(fault.detail);
  return sequence / took_s;
}

function wholeRate(state: string): { rate: number; records: number } {
  const started_ms = performance.now();
  const { ok, records, fault, differences } = verifyStateDirectory(state);
  const took_s = (performance.now() - started_ms) / 1000;
  if (!ok) throw new Error(fault?.detail ?? differences.join('; '));
  return { rate: records / took_s, records };
}

const { states, rounds } = trialInput<VerifyInput>();
const result: VerifyResult = { records: [], chain: [], whole: [] };
for (const state of states) {
  result.records.push(wholeRate(state).records);
  result.chain.push(Array.from({ length: rounds }, () => chainRate(state)));
  result.whole.push(Array.from({ length: rounds }, () => wholeRate(state).rate));
}
trialResult(result);
