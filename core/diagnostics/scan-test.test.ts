// Whose scan it is: the technician's while nobody is served, a customer's as soon as goods or a payment are on the counter.
import { expect, it } from 'vitest';
import { engineStage } from '../../test/core/engine-stage.ts';
import { tea } from '../../fixtures/databases/till.ts';
import { createScanTest } from './scan-test.ts';

const frameOf = (text: string) => ({
  kind: 'frame' as const,
  scannerId: 'counter',
  bytes: Buffer.from(text),
  tooLong: false,
});

function begun() {
  const { engine, acquirer, clock } = engineStage();
  let changes = 0;
  const test = createScanTest({ engine, rules: acquirer.rules, clock, changed: () => (changes += 1) });
  expect(test.set(true)).toBeNull();
  return { engine, clock, test, changes: () => changes };
}

it('takes scans while nobody is served, and shows what they would be', () => {
  const { test } = begun();
  expect(test.takes(frameOf('6901821000474'))).toBe(true);
  expect(test.view()).toMatchObject({ state: 'seen', kind: 'goods', shown: '6901821000474' });
});

it('ends by itself after a minute', () => {
  const { test, clock, changes } = begun();
  const before = changes();
  clock.advance(60_000);
  expect([test.view(), changes()]).toEqual([{ state: 'off' }, before + 1]);
  expect(test.takes(frameOf('6901821000474'))).toBe(false);
});

it('is not begun while a customer is served', () => {
  const { engine, test } = begun();
  test.set(false);
  engine.ask({ kind: 'goodsEntered', goods: tea });
  expect(test.set(true)).toBe('E-SHIFT-02');
  expect(test.view()).toEqual({ state: 'off' });
});

it('gives way to a customer who came meanwhile: the payment code is for the sale, and the test is over', () => {
  const { engine, test } = begun();
  engine.ask({ kind: 'goodsEntered', goods: tea });
  engine.ask({ kind: 'tenderStarted' });
  expect(test.takes(frameOf('130123456789012345'))).toBe(false);
  expect(test.view()).toEqual({ state: 'off' });
});
