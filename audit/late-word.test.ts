// Late words about a refund that another one replaced, or cash: X and Z of the till, and the second computation, say the same of them.
import { expect, it } from 'vitest';
import { type RandomTill, ROUTES } from './testing/random-till.ts';
import {
  agreedReports,
  answer,
  backs,
  decided,
  idAt,
  report,
  returned,
  returnedBy,
  returnOne,
  told,
} from './testing/returned-till.ts';

const refused = { kind: 'refused', code: 'NOT_ENOUGH' } as const;
const done = { kind: 'done', result: 'REFUNDED', reference: null } as const;
const lost = { kind: 'noAnswer', cause: 'ECONNRESET' } as const;

const retry = (till: RandomTill) =>
  told(till, { kind: 'giveBackRetried', giveBackId: idAt(till, 0), ...decided });

/** What the last report says of late outcomes. */
const lateWords = (till: RandomTill) =>
  agreedReports(till)
    .at(-1)
    ?.late.map(({ what }) => what);

it('one that was stopped, and is doubted when the first is denied, counts as failed once', () => {
  const till = returned(lost, { kind: 'timer' }, { kind: 'officeSaysNot' });
  retry(till);
  answer(till, 1, lost);
  report(till, 'dayClosed');
  answer(till, 0, { kind: 'billShows' });
  report(till);
  answer(till, 1, { kind: 'timer' }, { kind: 'notFound' });
  expect(backs(till)[1]).toMatchObject({ machine: { state: { code: 'BACK_ALREADY' } }, isMoot: true });
  report(till);
  answer(till, 0, refused);
  expect(backs(till)[1]?.machine.state).toMatchObject({ kind: 'failed', perhapsBack: true });
  report(till);
  told(till, { kind: 'giveBackPaid', giveBackId: idAt(till, 1), ...decided });
  report(till, 'dayClosed');
  expect(lateWords(till)).toEqual(['refunded', 'refundFailed', 'refundFailed', 'paidInCash']);
});

it('one that keeps its number is owed while it is tried again, and is told each time that it ends', () => {
  const till = returnedBy(ROUTES[1], refused);
  report(till, 'dayClosed');
  retry(till);
  report(till);
  answer(till, 0, refused);
  report(till, 'dayClosed');
  expect(lateWords(till)).toEqual(['refundFailed']);
  retry(till);
  answer(till, 0, lost);
  report(till);
  answer(till, 0, done);
  report(till, 'dayClosed');
  expect(lateWords(till)).toEqual(['refunded']);
  expect(backs(till)).toHaveLength(1);
});

it('the rest of the goods is given back beside a loss in cash', () => {
  const till = returned(refused);
  told(till, { kind: 'giveBackPaid', giveBackId: idAt(till, 0), ...decided });
  answer(till, 0, done);
  report(till);
  returnOne(till);
  answer(till, 1, done);
  report(till, 'dayClosed');
  expect(lateWords(till)).toEqual([]);
  expect(backs(till).map(({ amount_fen }) => amount_fen)).toEqual([500, 500]);
});

it('the rest of the goods is given back beside a loss by two refunds, even before the second is proven', () => {
  const till = returned(refused);
  retry(till);
  answer(till, 0, done);
  returnOne(till);
  report(till);
  answer(till, 1, done);
  answer(till, 2, done);
  report(till, 'dayClosed');
  lateWords(till);
  expect(backs(till).map(({ amount_fen }) => amount_fen)).toEqual([500, 500, 500]);
});

it('money found with the customer, and then billed as the first one, counts once', () => {
  const till = returned(lost, { kind: 'timer' }, { kind: 'officeSaysNot' });
  retry(till);
  answer(till, 1, { ...refused, perhapsBack: true });
  report(till);
  told(till, { kind: 'giveBackChecked', giveBackId: idAt(till, 1), ...decided });
  report(till, 'dayClosed');
  answer(till, 0, { kind: 'billShows' });
  expect(backs(till)[1]).toMatchObject({ machine: { state: { code: 'BACK_ALREADY' } }, isMoot: true });
  report(till);
  answer(till, 0, refused);
  report(till, 'dayClosed');
  lateWords(till);
});

it('money found with the customer, then proven by the refund itself, and by the first one as well', () => {
  const till = returned(lost, { kind: 'timer' }, { kind: 'officeSaysNot' });
  retry(till);
  answer(till, 1, { ...refused, perhapsBack: true });
  told(till, { kind: 'giveBackChecked', giveBackId: idAt(till, 1), ...decided });
  report(till);
  answer(till, 1, done);
  report(till, 'dayClosed');
  answer(till, 0, { kind: 'billShows' });
  expect(backs(till)[0]?.isLoss).toBe(true);
  report(till);
  answer(till, 0, refused);
  report(till, 'dayClosed');
  lateWords(till);
});
