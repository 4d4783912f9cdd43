// The demonstration, headless: every step ends as it must, and each sabotage is noticed.
import { rmSync } from 'node:fs';
import { afterEach, expect, test } from 'vitest';
import { type DemoRun, runDemo } from './run-demo.ts';

let run: DemoRun | null = null;

afterEach(() => {
  if (run) rmSync(run.out, { recursive: true, force: true });
});

test('every sale ends in proof, and the ledger agrees', { timeout: 180_000 }, async () => {
  run = await runDemo(['--headless', '--act', 'till']);
  expect(run.code, run.output).toBe(0);
  expect(run.sales.map((sale) => `${sale.step} ${sale.outcome}`)).toEqual([
    'wechat paid',
    'alipay paid',
    'unionpay paid',
    'awaiting paid',
    'answer-lost paid',
    'given-up givenBack',
    'offline paid',
    'offline exception',
    'offline paid',
    'core-killed paid',
    'held paid',
    'cash-instead paid',
    'mixed paid',
    'partial-refund paid',
    'refund-lost paid',
    'void paid',
    'parked paid',
    'parked paid',
  ]);
  expect(run.sales.filter((sale) => sale.receipts.length === 1)).toHaveLength(17);
  expect(run.output).toMatch(/^AUDIT OK: \d+ records, 1 reports$/m);
});

test('direct contracts beside the gateway: every sale ends in proof on its rail, or in the one dispute', {
  timeout: 180_000,
}, async () => {
  run = await runDemo(['--headless', '--act', 'rails']);
  expect(run.code, run.output).toBe(0);
  expect(run.output).toMatch(/^28 sales on 4 rails, 0 differences$/m);
  expect(run.output).toMatch(/^bills: 16 of 16 planted differences named, 0 problems$/m);
  const outcomes = new Set(run.sales.map((sale) => `${sale.step.replace(/.*-/, '')} ${sale.outcome}`));
  expect([...outcomes]).toEqual([
    'paid paid',
    'awaited paid',
    'found paid',
    'reversed givenBack',
    'refunded paid',
    'scanned paid',
    'closed notCharged',
    'reversed paid',
    // Where no call ends a code its customer pays after all.
    'closed paid',
  ]);
  const disputed = run.sales.filter(({ attempts }) => attempts.some(({ state }) => state === 'disputed'));
  expect(disputed.map(({ step }) => step)).toEqual(['unionpay-reversed']);
  // Nothing of it counts: the customer paid in cash.
  expect(disputed[0]).toMatchObject({ attempts: [{ kept_fen: 0 }], cash_fen: disputed[0]?.amount_fen });
});

test.each([
  ['fen', 'selling'],
  ['step', 'selling'],
  ['picture', 'selling'],
  ['report', 'day'],
])('sabotage %s is noticed', { timeout: 180_000 }, async (sabotage, act) => {
  run = await runDemo(['--headless', '--act', act, '--sabotage', sabotage]);
  expect(run.code, run.output).toBe(1);
  expect(run.output).toContain('DEMO FAILED');
});
