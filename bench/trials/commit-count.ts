// Makes the commits of so many paid sales, for strace to count the syncs; opening and closing are the same for any number.
import { join } from 'node:path';
import { codeMaker } from '../../fixtures/codes.ts';
import { openDrivenTill } from '../../fixtures/databases/till.ts';
import { payOnce } from '../support/payment.ts';
import { trialInput, trialResult } from '../support/trial-input.ts';

export type CountInput = { directory: string; payments: number; seed: number };

const { directory, payments, seed } = trialInput<CountInput>();
const till = openDrivenTill(join(directory, 'state'));
const { commit, markSent } = till.store;
let commits = 0;
till.store.commit = (one) => {
  commits += 1;
  return commit(one);
};
till.store.markSent = (rowIds) => {
  commits += 1;
  markSent(rowIds);
};
const codes = codeMaker(seed);
for (let index = 0; index < payments; index += 1) payOnce(till, codes.any());
till.close();
trialResult({ commits });
