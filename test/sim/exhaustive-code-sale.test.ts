// Every reachable state of one sale with a code of ours: cash beside it, the sale dropped, put aside or changed under it.
import { expect, test } from 'vitest';
import type { SaleState } from '../../core/domain/sale/sale.ts';
import { transition } from '../../core/domain/till/transition.ts';
import { explore } from './explore.ts';
import { blindFor, mapAttempts } from './planted-sale-bugs.ts';
import { codeSaleModel, codeSaleProperties } from './presented-sale.ts';
import { families, type ShownBounds } from './presented-search.ts';
import type { Transition } from './sale-search.ts';
import { say, sayFound } from './say.ts';

const PATIENCE_ms = 30 * 60 * 1000;
const isDeep = process.env['YIMA_DEEP'] === '1';

test.each(families)(
  'every reachable state of a sale with a code of ours keeps every promise: an acquirer where it %s',
  (family) => {
    const bounds: ShownBounds = isDeep
      ? { family, flyingLimit: 2, restartLimit: 1, deliveryLimit: 2 }
      : { family, flyingLimit: 2, restartLimit: 0, deliveryLimit: 1 };
    const model = codeSaleModel(bounds);
    const visited = new Set<SaleState>();
    const report = explore({
      ...model,
      violated: (world) => {
        for (const { state } of Object.values(world.till.sales)) visited.add(state);
        return model.violated(world);
      },
    });
    say(`a sale with a code of ours that ${family}`, bounds, report);
    expect(report.found).toBeNull();
    expect([...visited].toSorted()).toEqual([
      'cancelled',
      'cancelling',
      'completed',
      'open',
      'parked',
      'tendering',
    ]);
  },
  PATIENCE_ms,
);

/** What was paid while it was closed is kept, whatever else the sale has. */
const keepsSurplus: Transition = (state, event, surroundings) => {
  const result = transition(state, event, surroundings);
  if (result.refusal !== null || event.kind !== 'payment') return result;
  const kept = mapAttempts(result.state, (one) => ({ ...one, surplus_fen: 0, givingBack_fen: 0 }));
  return { ...result, state: kept };
};

test.each([
  {
    name: 'cash leaves the code on the screen',
    property: codeSaleProperties.cashEndsTheCode,
    run: blindFor('cashTaken'),
  },
  { name: 'paid beside cash it is kept', property: codeSaleProperties.paidOnce, run: keepsSurplus },
])(
  'the search finds a planted bug: $name',
  ({ name, property, run }) => {
    const report = explore(
      codeSaleModel({ family: 'ends', flyingLimit: 1, restartLimit: 0, deliveryLimit: 1 }, run),
    );
    sayFound(name, report);
    expect(report.found?.property).toBe(property);
  },
  PATIENCE_ms,
);
