// Every reachable state of one sale with two attempts and their messages in flight. To closure within the printed bounds, one of the two
// with each commit; YIMA_DEEP=1 does both, and widens them.
import { expect, test } from 'vitest';
import { drawnByCommit } from '../commit-seed.ts';
import { explore } from './explore.ts';
import { plantedSaleBugs } from './planted-sale-bugs.ts';
import { type SaleBounds, saleModel } from './sale-search.ts';
import { say, sayFound } from './say.ts';
import { briefPolicy } from './short-time.ts';

const PATIENCE_ms = 60 * 60 * 1000;
const isDeep = process.env['YIMA_DEEP'] === '1';

const searches: { name: string; bounds: SaleBounds }[] = [
  {
    name: 'two attempts whose messages cross',
    bounds: {
      policy: briefPolicy,
      attemptLimit: 2,
      flyingLimit: 2,
      restartLimit: isDeep ? 1 : 0,
      deliveryLimit: isDeep ? 2 : 1,
    },
  },
  {
    name: 'two attempts and a crash',
    bounds: {
      policy: briefPolicy,
      attemptLimit: 2,
      flyingLimit: 1,
      restartLimit: isDeep ? 2 : 1,
      deliveryLimit: 1,
    },
  },
];

test.each(isDeep ? searches : drawnByCommit(searches, 1, 'sale searches'))(
  'every reachable state of a sale keeps every promise: $name',
  ({ name, bounds }) => {
    const report = explore(saleModel(bounds));
    say(name, bounds, report);
    expect(report.found).toBeNull();
    expect(report.states).toBeGreaterThan(10_000);
  },
  PATIENCE_ms,
);

test.each(plantedSaleBugs)(
  'the search finds a planted bug: $name',
  ({ name, property, run }) => {
    const bounds: SaleBounds = {
      policy: briefPolicy,
      attemptLimit: 2,
      flyingLimit: 2,
      restartLimit: 0,
      deliveryLimit: 1,
    };
    const report = explore(saleModel(bounds, run));
    sayFound(name, report);
    expect(report.found?.property).toBe(property);
  },
  PATIENCE_ms,
);
