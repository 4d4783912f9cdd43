// Every reachable state of one payment attempt with its messages in flight. To closure within the printed bounds; YIMA_DEEP=1 widens them.
import { expect, test } from 'vitest';
import { attemptModel, type Bounds } from './attempt-search.ts';
import { explore, type Report, STUCK } from './explore.ts';
import { plantedBugs } from './planted-bugs.ts';
import { shortPlainPolicy, shortPolicy } from './short-time.ts';

const PATIENCE_ms = 30 * 60 * 1000;
const isDeep = process.env['YIMA_DEEP'] === '1';

const searches: { name: string; bounds: Bounds }[] = [
  {
    name: 'an acquirer with tombstones and idempotent sending (gateway)',
    bounds: { policy: shortPolicy, flyingLimit: isDeep ? 3 : 2, restartLimit: isDeep ? 1 : 2 },
  },
  {
    name: 'an acquirer without either (direct wallet)',
    bounds: { policy: shortPlainPolicy, flyingLimit: 2, restartLimit: isDeep ? 2 : 1 },
  },
];

function say(name: string, bounds: Bounds, report: Report): void {
  const { states, edges, depth, seconds } = report;
  const { flyingLimit, restartLimit } = bounds;
  const limits = `messages in flight <= ${flyingLimit}, deliveries of each <= 2, restarts <= ${restartLimit}`;
  process.stdout.write(
    `${name}: ${states} states, ${edges} edges, depth ${depth}, ${seconds} s (${limits})\n`,
  );
}

test.each(searches)(
  'every reachable state of an attempt keeps every promise: $name',
  ({ name, bounds }) => {
    const report = explore(attemptModel(bounds));
    say(name, bounds, report);
    expect(report.found).toBeNull();
    expect(report.states).toBeGreaterThan(100_000);
  },
  PATIENCE_ms,
);

test.each(plantedBugs)(
  'the search finds a planted bug: $name',
  ({ name, property, step }) => {
    // A dead end shows only once everything was explored: a smaller world does.
    const limits =
      property === STUCK ? { flyingLimit: 1, restartLimit: 0 } : { flyingLimit: 2, restartLimit: 1 };
    const report = explore(attemptModel({ policy: shortPolicy, ...limits }, step));
    process.stdout.write(
      `planted: ${name}\n  -> ${report.found?.property}: ${report.found?.path.join('; ')}\n`,
    );
    expect(report.found?.property).toBe(property);
  },
  PATIENCE_ms,
);
