// What is said of a sale that is being dropped.
import { expect, it } from 'vitest';
import { drawn } from '../../preview/drawn.tsx';
import { giveBackOf } from '../../preview/found.ts';
import { paymentOf, saleOf } from '../../preview/goods.ts';
import { Outcome } from './Outcome.tsx';

const dropping = (...giveBacks: ReturnType<typeof giveBackOf>[]) =>
  saleOf({
    state: 'cancelling',
    payments: [paymentOf({ state: 'voiding', unproven: false })],
    giveBacks,
  });
const failed = giveBackOf({ giveBackId: 'F', state: 'failed', unproven: false, reason: 'E-REF-03' });

it('while its refund is under way nobody pays cash as well', async () => {
  const zh = await drawn(<Outcome sale={dropping(failed, giveBackOf())} />);
  const en = await drawn(<Outcome sale={dropping(failed, giveBackOf())} />, 'en');
  expect([zh, en].map((text) => /请勿另付现金|Do not pay it in cash/.test(text))).toEqual([true, true]);
});

it('when none is under way and one has failed, it waits for a person', async () => {
  const zh = await drawn(<Outcome sale={dropping(failed)} />);
  const en = await drawn(<Outcome sale={dropping(failed)} />, 'en');
  expect(zh).toContain('待处理');
  expect(en).toContain('To settle');
  expect(zh + en).not.toMatch(/自动做完|请勿另付现金|by itself|Do not pay it in cash/);
});
