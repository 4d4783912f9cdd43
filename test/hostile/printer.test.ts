// A printer that lies, dies or babbles: the money is not touched by it, the paper is never claimed without evidence.
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from 'vitest';
import type { Snapshot } from '../../contract/snapshot.ts';
import type { PrinterControl } from '../../fixtures/devices/printer/client.ts';
import { openTill, type Till } from './till.ts';

const DEADLINE = { timeout: 30_000, interval: 20 };

let till: Till;
beforeAll(async () => {
  till = await openTill();
});
afterAll(() => till.stop());

const printIs =
  (...states: Snapshot['print']['state'][]) =>
  ({ print }: Snapshot): boolean =>
    states.includes(print.state);

async function heal(): Promise<void> {
  const { paper } = till.shop;
  await paper.garbage(false);
  await paper.silent(false);
  await paper.cutterError(false);
  await paper.coverClose();
  await paper.paperIn();
  await paper.accept();
}

async function paid(): Promise<void> {
  await till.pay();
  await till.rpc.until('paid', ({ sale }) => sale?.state === 'completed');
}

const troubles: [string, (paper: PrinterControl) => Promise<void>, RegExp][] = [
  ['out of paper', (paper) => paper.paperOut(), /E-PRN-01/],
  ['open', (paper) => paper.coverOpen(), /E-PRN-02/],
  ['jammed', (paper) => paper.cutterError(), /E-PRN-03/],
  ['switched off', (paper) => paper.refuse(), /E-PRN-04/],
];

describe.each(troubles)('a printer that is %s before the receipt', (_what, trouble, reason) => {
  afterEach(() => till.rpc.call('sale.next'));

  it('does not keep the payment from completing; the receipt says why it waits and prints by itself later, unmarked', async () => {
    const before = (await till.shop.paper.jobs()).length;
    await trouble(till.shop.paper);
    await paid();
    const { print } = await till.rpc.until('the reason', printIs('failed'));
    expect(print.reason).toMatch(reason);
    expect((await till.shop.paper.jobs()).length).toBe(before);
    await heal();
    await till.rpc.until('printed', printIs('printed'));
    const papers = (await till.shop.paper.jobs()).slice(before);
    expect(papers).toHaveLength(1);
    expect(papers[0]?.text).not.toMatch(/COPY|REPRINT/);
  });
});

describe('a printer that answers garbage', () => {
  afterEach(async () => {
    await heal();
    await till.rpc.call('sale.next');
  });

  it('never makes a receipt "printed" or the core fall; the sale stands', async () => {
    await till.shop.paper.garbage();
    await paid();
    const { print, sale } = await till.rpc.until('an end', printIs('failed', 'sentUnconfirmed', 'printed'));
    expect(print.state).not.toBe('printed');
    expect(print.reason).toMatch(/E-PRN-0[4567]/);
    expect(sale?.state).toBe('completed');
    expect(till.core.child.exitCode).toBeNull();
  });

  it('is a printer again afterwards: a reprint comes out, marked', async () => {
    await paid();
    await till.rpc.until('printed', printIs('printed', 'sentUnconfirmed'));
    await till.rpc.call('receipt.reprint');
    await vi.waitFor(async () => {
      expect((await till.shop.paper.jobs()).at(-1)?.text).toContain('重印 REPRINT 1');
    }, DEADLINE);
  });
});

describe('a printer that is lost in mid-receipt', () => {
  it('is not printed on again by itself: the cashier is asked to look', async () => {
    const before = (await till.shop.paper.jobs()).length;
    await till.shop.paper.hangUp(200);
    await paid();
    const { print } = await till.rpc.until('an end', printIs('failed', 'sentUnconfirmed', 'printed'));
    expect(print).toMatchObject({ state: 'failed', reason: 'E-PRN-05' });
    await till.shop.paper.tear();
    await till.rpc.call('receipt.reprint');
    await till.rpc.until('reprinted', printIs('printed'));
    const whole = (await till.shop.paper.jobs()).slice(before).filter((paper) => paper.cut);
    expect(whole.map((paper) => /REPRINT 1/.test(paper.text))).toEqual([true]);
    await till.rpc.call('sale.next');
  });
});

describe('a printer that swallows the pulse of the drawer', () => {
  const approval = () => ({ operatorId: 'chen', pin: till.shop.pins['chen'] });

  it.each<[string, (paper: PrinterControl) => Promise<void>, Snapshot['drawer']]>([
    ['is switched off: it has not opened, and that is said', (paper) => paper.refuse(), 'failed'],
    [
      'hangs up in the middle of it: nobody knows, and it is not tried again',
      (paper) => paper.hangUp(3),
      'unknown',
    ],
  ])('because it %s', async (_what, trouble, outcome) => {
    await till.rpc.until('no pulse under way', ({ drawer }) => drawer !== 'opening' && drawer !== 'none');
    const before = await till.shop.paper.drawerPulses();
    await till.tender();
    await trouble(till.shop.paper);
    await till.rpc.call('tender.cash', { received_fen: 10_000 });
    const { sale } = await till.rpc.until(
      'an end',
      (now) => now.sale?.state === 'completed' && now.drawer !== 'opening',
    );
    expect(till.rpc.snapshot().drawer).toBe(outcome);
    expect(sale).toMatchObject({ state: 'completed', due_fen: 0 });
    await heal();
    await till.rpc.until('the receipt', printIs('printed'));
    // The receipt is on paper, so the printer obeys again: a second pulse would have come by now.
    expect((await till.shop.paper.drawerPulses()) - before).toBeLessThanOrEqual(
      outcome === 'unknown' ? 1 : 0,
    );
    const pulses = await till.shop.paper.drawerPulses();
    await till.rpc.call('drawer.open', {
      reason: '钱箱没开',
      after: till.rpc.snapshot().counts.drawerOpens,
      approval: approval(),
    });
    await till.rpc.until('opened on request', ({ drawer }) => drawer === 'opened');
    expect((await till.shop.paper.drawerPulses()) - pulses).toBe(1);
    await till.rpc.call('sale.next');
  });
});

it('after all this every receipt number has been given once and the journal verifies', async () => {
  await till.rpc.call('operator.signIn', { operatorId: 'chen', pin: till.shop.pins['chen'] });
  expect(await till.rpc.call('journal.verify')).toMatchObject({ ok: true, differences: [] });
});
