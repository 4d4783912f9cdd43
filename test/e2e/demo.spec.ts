// The demonstration through the real window: pictures, papers, the acquirer's ledger and the second computation agree.
import { rmSync } from 'node:fs';
import { expect, test } from '@playwright/test';
import { runDemo } from '../demo/run-demo.ts';

test.describe.configure({ timeout: 300_000 });

test('both acts by fingers on the glass', async () => {
  const { code, output, out, sales } = await runDemo(['--act', 'till']);
  expect(code, output).toBe(0);
  expect(sales).toHaveLength(18);
  expect(output).toMatch(/^38 screens and 24 papers, 0 bad/m);
  expect(output).toMatch(/^Z 1 \(record \d+\) same$/m);
  rmSync(out, { recursive: true, force: true });
});

test('the day at the counter by a keyboard and nothing else', async () => {
  const { code, output, out } = await runDemo(['--act', 'day', '--hands', 'keys']);
  expect(code, output).toBe(0);
  expect(output).toMatch(/^\d+ screens and \d+ papers, 0 bad/m);
  expect(output).toMatch(/^AUDIT OK: \d+ records, 1 reports$/m);
  rmSync(out, { recursive: true, force: true });
});
