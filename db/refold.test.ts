// With what has ended put aside on the way, the fold is the same one, entity by entity.
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { draw, eventOf } from '../test/sim/random-events.ts';
import { TestTill } from '../test/sim/till-kit.ts';
import { Refold } from './refold.ts';

test('equals the plain fold, however long ago what a record names has ended', () => {
  fc.assert(
    fc.property(fc.array(draw, { minLength: 250, maxLength: 400, size: 'max' }), (draws) => {
      const till = TestTill.ready();
      for (const one of draws) {
        till.later(one.wait_ms);
        const event = eventOf(till, one);
        if (event !== null) till.tell(event);
      }
      const fold = new Refold();
      for (const record of till.records) fold.take(record);
      const { sales, attempts, receipts, giveBacks, ...scalars } = till.state;
      const all = fold.all();
      expect(Object.fromEntries(all.sales)).toEqual(sales);
      expect(Object.fromEntries(all.attempts)).toEqual(attempts);
      expect(Object.fromEntries(all.receipts)).toEqual(receipts);
      expect(Object.fromEntries(all.giveBacks)).toEqual(giveBacks);
      expect(fold.state).toMatchObject(scalars);
      expect(fold.records).toBe(till.records.length);
    }),
    { numRuns: 25, endOnFailure: true },
  );
});
