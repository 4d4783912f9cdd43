// The core as its own process: what ends it after its start comes to a refusal with a code.
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { tamper } from '../fixtures/databases/tamper.ts';
import { openHostileShop, connectTo } from '../test/hostile/till.ts';
import { startCoreProcess } from '../tools/lab/core-process.ts';
import type { Shop } from '../tools/lab/shop.ts';

const DEADLINE_ms = 60_000;

describe('damage that a start accepts', () => {
  let shop: Shop;
  beforeEach(async () => {
    shop = await openHostileShop();
  });
  afterEach(() => shop.stop());

  /** One article on the counter, and the core killed. */
  async function leaveSaleOnCounter(): Promise<void> {
    const core = await startCoreProcess(shop);
    const rpc = await connectTo(shop, 'lin');
    await rpc.call('shift.open', { float_fen: 50_000 });
    await rpc.call('goods.enter', { barcode: '6901821000474' });
    rpc.close();
    await core.kill();
  }

  it(
    'and the first drawing of the screen does not is E-DB-04 at the next one',
    async () => {
      await leaveSaleOnCounter();
      // One bit: SQLite finds it in order, and no record of an open payment tells of it.
      tamper(shop.stateDirectory, `UPDATE sale SET body = replace(body, '"lines"', '"linds"')`);
      const first = await startCoreProcess(shop);
      connectTo(shop).catch(() => undefined);
      expect(await first.exited).toBe(70);
      const next = await startCoreProcess(shop);
      const rpc = await connectTo(shop);
      expect(rpc.snapshot().refusal).toMatchObject({
        code: 'E-DB-04',
        detail: expect.stringContaining('sale S001000001 differs'),
      });
      rpc.close();
      await next.stop();
    },
    DEADLINE_ms,
  );
});
