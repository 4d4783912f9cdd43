// Every reachable state of a void, the refund that may take its place, and a refund, with their messages in flight.
import { expect, test } from 'vitest';
import { explore, STUCK } from './explore.ts';
import type { GiveBackBounds, Planted } from './give-back-bounds.ts';
import { giveBackModel, giveBackProperties } from './give-back-search.ts';

const PATIENCE_ms = 30 * 60 * 1000;
const isDeep = process.env['YIMA_DEEP'] === '1';
const limits = isDeep ? { flyingLimit: 4, restartLimit: 2 } : { flyingLimit: 2, restartLimit: 1 };

test.each(['refund', 'void'] as const)(
  'every reachable state of a %s keeps every promise',
  (method) => {
    const bounds: GiveBackBounds = { ...limits, method };
    const report = explore(giveBackModel(bounds));
    process.stdout.write(
      `${method}: ${report.states} states, ${report.edges} edges, depth ${report.depth}, ${report.seconds} s\n`,
    );
    expect(report.found).toBeNull();
    expect(report.states).toBeGreaterThan(500);
  },
  PATIENCE_ms,
);

const again = { ...limits, method: 'refund', againLimit: 2 } as const;

test.each([
  ['whatever a copy of a refused request does, where another try keeps its number', {}],
  ['and failed is proof on a line that copies nothing', { isOrderly: true }],
  ['and so it is where another try has a number of its own (UnionPay)', { isOrderly: true, anew: true }],
] as const)(
  'of an acquirer that keeps nothing of what it refuses a refund is given back once, %s',
  (_, line) => {
    const report = explore(giveBackModel({ ...again, ...line }));
    process.stdout.write(`again: ${report.states} states, ${report.edges} edges, ${report.seconds} s\n`);
    expect(report.found).toBeNull();
    expect(report.states).toBeGreaterThan(500);
  },
  PATIENCE_ms,
);

test.each([
  [
    'is tried again under a new number, though copies of the refused request may arrive',
    { anew: true },
    'once',
  ],
  [
    'goes again while its last request may be on its way',
    { anew: true, isOrderly: true, planted: { spent: true } },
    'failedMeansNever',
  ],
] as const)(
  'the search finds a planted bug: such a refund %s',
  (name, bounds, property) => {
    const report = explore(giveBackModel({ ...again, ...bounds }));
    process.stdout.write(`${name} -> ${report.found?.path.join('; ')}\n`);
    expect(report.found?.property).toBe(giveBackProperties[property]);
  },
  PATIENCE_ms,
);

const refused = { kind: 'refused', code: 'X' } as const;
const planted: { name: string; property: string; method: 'void' | 'refund'; planted: Planted }[] = [
  {
    name: 'not found counts as failed',
    property: giveBackProperties.failedMeansNever,
    method: 'refund',
    planted: { misread: (event) => (event.kind === 'notFound' ? refused : event) },
  },
  {
    name: 'an undecided answer counts as a refusal',
    property: giveBackProperties.failedMeansNever,
    method: 'void',
    planted: { misread: (event) => (event.kind === 'undecided' ? refused : event) },
  },
  {
    name: 'accepted counts as done',
    property: giveBackProperties.doneMeansGiven,
    method: 'refund',
    planted: {
      misread: (event) =>
        event.kind === 'accepted' ? { kind: 'done', result: 'REFUNDED', reference: null } : event,
    },
  },
  {
    name: 'sent again under a new number',
    property: giveBackProperties.once,
    method: 'refund',
    planted: { renumber: true },
  },
  {
    name: 'a refusal is taken for no word',
    property: STUCK,
    method: 'refund',
    planted: { misread: (event) => (event.kind === 'refused' ? { kind: 'processing' } : event) },
  },
];

test.each(planted)(
  'the search finds a planted bug: $name',
  ({ property, method, planted: bug }) => {
    const small = property === STUCK ? { flyingLimit: 2, restartLimit: 0 } : limits;
    const report = explore(giveBackModel({ ...small, method, planted: bug }));
    process.stdout.write(`planted -> ${report.found?.property}: ${report.found?.path.join('; ')}\n`);
    expect(report.found?.property).toBe(property);
  },
  PATIENCE_ms,
);
