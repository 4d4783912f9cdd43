// Cash was put in, and the answer never came: the page knows by the slips whether it was booked.
import { expect, it } from 'vitest';
import { base } from '../../preview/goods.ts';
import { bookedOf, isUnsure } from './booked.ts';

const done = { direction: 'paidIn', amount_fen: 5000 } as const;
const slip = { number: 'M00000013', ...done, reason: '补充零钱' };
const before = base.counts.cashMoves;
const after = { counts: { ...base.counts, cashMoves: before + 1 }, lastCashMove: slip };

it('an answer that says yes is all that is needed', () => {
  expect(bookedOf({ done, isUnsure: false, after: before }, base)).toEqual({ ...done, slip: null });
});

it('lost, it is shown as booked once there is a slip more, and can be asked for again until then', () => {
  const asked = { done: null, isUnsure: isUnsure({ ok: false, lost: true }), after: before };
  expect(bookedOf(asked, base)).toBeNull();
  expect(bookedOf(asked, after)).toEqual({ ...done, slip });
});

it('asked for twice, what was booked the first time is shown', () => {
  const reply = { ok: false, lost: false, code: 'E-CASH-07', detail: '' } as const;
  expect(bookedOf({ done: null, isUnsure: isUnsure(reply), after: before }, after)).toEqual({
    ...done,
    slip,
  });
});

it('refused for another reason, or not asked for yet, another slip says nothing of it', () => {
  const reply = { ok: false, lost: false, code: 'E-CASH-04', detail: '' } as const;
  expect(bookedOf({ done: null, isUnsure: isUnsure(reply), after: before }, after)).toBeNull();
});
