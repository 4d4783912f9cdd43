// Every reachable state of one payment with a backup of any moment and a restore after it. To closure within the printed bounds;
// YIMA_DEEP=1 widens them.
import { expect, test } from 'vitest';
import { stepPayment } from '../../core/domain/payment/transition.ts';
import type { Bounds, MachineStep } from './attempt-search.ts';
import { explore } from './explore.ts';
import { restoredModel, SOLD_IS_KEPT } from './restored-search.ts';
import { say, sayFound } from './say.ts';
import { shortPlainPolicy, shortPolicy } from './short-time.ts';

const PATIENCE_ms = 30 * 60 * 1000;
const isDeep = process.env['YIMA_DEEP'] === '1';
const bounds: Bounds = { policy: shortPolicy, flyingLimit: 1, restartLimit: 0, deliveryLimit: 1 };

const searches: [name: string, bounds: Bounds][] = [
  ['an acquirer with tombstones (gateway)', bounds],
  ...(isDeep
    ? [
        ['an acquirer without them (direct wallet)', { ...bounds, policy: shortPlainPolicy }] as [
          string,
          Bounds,
        ],
      ]
    : []),
];

test.each(searches)(
  'a restore takes nothing back that was sold in the lost time: %s',
  (name, limits) => {
    const report = explore(restoredModel(limits));
    say(name, limits, report);
    expect(report.found).toBeNull();
  },
  PATIENCE_ms,
);

/** As it was: the schedule runs on from the old sending. */
const forgetsTheMark: MachineStep = (...input) => {
  const step = stepPayment(...input);
  const { state } = step.machine;
  if (!('restored' in state)) return step;
  const { restored: _, ...plain } = state;
  return { ...step, machine: { ...step.machine, state: plain } };
};

test('the search finds a silence that reverses', () => {
  const report = explore(restoredModel(bounds, forgetsTheMark));
  sayFound('a silence reverses', report);
  expect(report.found?.property).toBe(SOLD_IS_KEPT);
}, 60_000);
