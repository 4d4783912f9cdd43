// Gives a till a past: a journal as large as a shop's, since opening it is part of every restart.
import type { CodeMaker } from '../../fixtures/codes.ts';
import { openDrivenTill } from '../../fixtures/databases/till.ts';
import { payOnce } from './payment.ts';

/** The number of records that the journal then holds; 0 when there is nothing to sell. */
export function sellBefore(stateDirectory: string, sales: number, codes: CodeMaker): number {
  if (sales === 0) return 0;
  const till = openDrivenTill(stateDirectory);
  for (let index = 0; index < sales; index += 1) payOnce(till, codes.wechat());
  const { sequence } = till.engine.head;
  till.close();
  return sequence;
}
