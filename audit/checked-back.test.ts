// A refund that a manager found back by other means: X and Z of the till, and the second computation, say the same of it.
import { expect, it } from 'vitest';
import { audited } from './testing/journal.ts';
import { chained, type RandomTill } from './testing/random-till.ts';
import { agreedReports, decided, idAt, report, returned, told } from './testing/returned-till.ts';

/** Refused because it may be back. */
const perhapsBack = () => returned({ kind: 'refused', code: 'ORDER_NOT_PAID', perhapsBack: true });
const found = (till: RandomTill) =>
  told(till, { kind: 'giveBackChecked', giveBackId: idAt(till, 0), ...decided });
const seen = (till: RandomTill) =>
  agreedReports(till).map(({ wallets, control: { overrides } }) => {
    return { refunds: wallets.map(({ refunds }) => refunds), overrides };
  });

it('X before, X after, Z, and a check after the Z: no figure differs, and the override counts', () => {
  const till = perhapsBack();
  report(till);
  found(till);
  report(till);
  report(till, 'dayClosed');
  const one = { count: 1, amount_fen: 500 };
  expect(seen(till)).toEqual([
    { refunds: [{ count: 0, amount_fen: 0 }], overrides: 1 },
    { refunds: [one], overrides: 2 },
    { refunds: [one], overrides: 2 },
  ]);
});

it('found after the Z it counts in the next day, as a late outcome', () => {
  const till = perhapsBack();
  report(till, 'dayClosed');
  found(till);
  report(till, 'dayClosed');
  expect(seen(till).map(({ refunds }) => refunds)).toEqual([
    [{ count: 0, amount_fen: 0 }],
    [{ count: 1, amount_fen: 500 }],
  ]);
});

it('the second computation doubts the word about one that is not owed, or of another sum', () => {
  const till = perhapsBack();
  found(till);
  const last = till.rows.at(-1);
  if (last === undefined) throw new Error('no record');
  const body = JSON.stringify({ giveBackId: idAt(till, 0), amount_fen: 400, ...decided, at_ms: till.now_ms });
  const added = chained(last.hash, {
    sequence: last.sequence + 1,
    at: last.at,
    type: 'giveBack.checked',
    body,
  });
  expect(audited([...till.rows, added]).faults.join('\n')).toMatch(/failed and is owed[\s\S]*amount_fen/);
});
