// The demonstration, headless: every step ends as it must, and each sabotage is noticed.
import { rmSync } from 'node:fs';
import { afterEach, expect, test } from 'vitest';
import { type DemoRun, runDemo } from './run-demo.ts';

let run: DemoRun | null = null;

afterEach(() => {
  if (run) rmSync(run.out, { recursive: true, force: true });
});

test('every sale ends in proof, and the ledger agrees', { timeout: 180_000 }, async () => {
  run = await runDemo(['--headless']);
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
  ]);
  expect(run.sales.filter((sale) => sale.receipts.length === 1)).toHaveLength(9);
});

test.each(['fen', 'step', 'picture'])('sabotage %s is noticed', { timeout: 180_000 }, async (sabotage) => {
  run = await runDemo(['--headless', '--sabotage', sabotage]);
  expect(run.code, run.output).toBe(1);
  expect(run.output).toContain('DEMO FAILED');
});
