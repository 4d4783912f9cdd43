// The demonstration through the real window: pictures, papers, and the acquirer's ledger agree.
import { rmSync } from 'node:fs';
import { expect, test } from '@playwright/test';
import { runDemo } from '../demo/run-demo.ts';

test('the whole main job through the kiosk', async () => {
  test.setTimeout(300_000);
  const { code, output, out, sales } = await runDemo([]);
  expect(code, output).toBe(0);
  expect(sales).toHaveLength(10);
  expect(output).toMatch(/^22 screens and 9 papers, 0 bad/m);
  rmSync(out, { recursive: true, force: true });
});
