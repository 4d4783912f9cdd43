// Every reachable state of one payment attempt with its messages in flight. To closure within the printed bounds; YIMA_DEEP=1 widens them.
import { expect, test } from 'vitest';
import type { PaymentStateKind } from '../../core/domain/payment/state.ts';
import { attemptModel, type Bounds } from './attempt-search.ts';
import { explore, STUCK } from './explore.ts';
import { variants } from './machine-variants.ts';
import { plantedBugs } from './planted-bugs.ts';
import { say, sayFound } from './say.ts';
import { shortPlainPolicy, shortPolicy, shortWalletPolicies } from './short-time.ts';

const PATIENCE_ms = 30 * 60 * 1000;
const isDeep = process.env['YIMA_DEEP'] === '1';

const searches: { name: string; bounds: Bounds }[] = [
  {
    name: 'an acquirer with tombstones and idempotent sending (gateway)',
    bounds: isDeep
      ? { policy: shortPolicy, flyingLimit: 3, restartLimit: 1, deliveryLimit: 2 }
      : { policy: shortPolicy, flyingLimit: 2, restartLimit: 2, deliveryLimit: 2 },
  },
  {
    name: 'an acquirer without either (direct wallet)',
    bounds: { policy: shortPlainPolicy, flyingLimit: 2, restartLimit: isDeep ? 2 : 1, deliveryLimit: 2 },
  },
  ...Object.entries(shortWalletPolicies).map(([name, policy]) => ({
    name: `with the limits of ${name}`,
    bounds: { policy, flyingLimit: isDeep ? 2 : 1, restartLimit: 1, deliveryLimit: 1 } as const,
  })),
];

/** Codes of ours have a search of their own. */
const reachableKinds = variants
  .filter((one) => one.machine.presented !== true)
  .map((one) => one.machine.state.kind)
  .filter((kind, at, all) => all.indexOf(kind) === at)
  .sort();

test.each(searches)(
  'every reachable state of an attempt keeps every promise: $name',
  ({ name, bounds }) => {
    const model = attemptModel(bounds);
    const visited = new Set<PaymentStateKind>();
    const report = explore({
      ...model,
      violated: (world) => {
        for (const { machine } of world.flights) visited.add(machine.state.kind);
        return model.violated(world);
      },
    });
    say(name, bounds, report);
    expect(report.found).toBeNull();
    expect([...visited].sort()).toEqual(reachableKinds);
  },
  PATIENCE_ms,
);

test.each(plantedBugs)(
  'the search finds a planted bug: $name',
  ({ name, property, step }) => {
    // A dead end shows only once everything was explored: a smaller world does.
    const limits =
      property === STUCK ? { flyingLimit: 1, restartLimit: 0 } : { flyingLimit: 2, restartLimit: 1 };
    const report = explore(attemptModel({ policy: shortPolicy, deliveryLimit: 2, ...limits }, step));
    sayFound(name, report);
    expect(report.found?.property).toBe(property);
  },
  PATIENCE_ms,
);
