// What the kiosk takes of the machine's memory: each of its processes, after the start and after so many sales.
import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { type CodeMaker, codeMaker } from '../../fixtures/codes.ts';
import { startDisplay } from '../../tools/lab/display.ts';
import { openKiosk } from '../../tools/lab/kiosk.ts';
import { openShop, type Shop } from '../../tools/lab/shop.ts';
import { connectRpc, type RpcClient } from '../../tools/rpc/client.ts';
import type { Context, Measure } from '../support/measure.ts';
import { figureOf, type Outcome } from '../support/outcome.ts';
import { memoryOf, type Role } from '../support/processes.ts';

const SALES = 200;
/** The garbage of the last act may go. */
const REST_ms = 3000;

function outcomesOf(when: string, found: Map<Role, number>): Outcome[] {
  const whole = [...found.values()].reduce((sum, one) => sum + one, 0);
  const facts = { measure: 'memory', unit: 'MB' };
  return [
    ...[...found].map(([role, size_MB]) => figureOf({ ...facts, name: `${role}, ${when}` }, size_MB)),
    figureOf({ ...facts, name: `all of the kiosk, ${when}` }, whole),
  ];
}

async function sell(shop: Shop, rpc: RpcClient, barcode: string, codes: CodeMaker): Promise<void> {
  await shop.scanner.scan(barcode);
  await rpc.until('line', ({ sale }) => sale?.state === 'open' && sale.lines.length > 0);
  await rpc.call('sale.tender');
  await rpc.until('tender', ({ sale }) => sale?.state === 'tendering');
  await shop.scanner.scan(codes.wechat());
  await rpc.until('paid', ({ sale }) => sale?.state === 'completed');
  await rpc.until('printed', ({ print }) => print?.state === 'printed');
  await rpc.call('sale.next');
  await rpc.until('left', ({ sale }) => sale === null);
}

async function measure(context: Context, shop: Shop, display: string): Promise<Outcome[]> {
  const sales = context.isQuick ? 10 : SALES;
  const kiosk = await openKiosk({ ...shop, display });
  try {
    const pid = kiosk.app.process().pid ?? 0;
    await kiosk.signIn('林晓', shop.pins['lin'] ?? '');
    await kiosk.openShift('500');
    await delay(REST_ms);
    const atStart = outcomesOf('after the start', memoryOf(pid));
    const rpc = await connectRpc(shop.controlSocket);
    await rpc.call('operator.signIn', { operatorId: 'lin', pin: shop.pins['lin'] });
    await rpc.subscribe();
    const codes = codeMaker(context.seed);
    const barcodes = readFileSync('fixtures/catalogue/goods.csv', 'utf8').split('\n').slice(1, 100);
    for (let sold = 0; sold < sales; sold += 1) {
      const barcode = barcodes[sold % barcodes.length]?.split(',')[0] ?? '';
      await sell(shop, rpc, barcode, codes);
    }
    rpc.close();
    await delay(REST_ms);
    return [...atStart, ...outcomesOf(`after ${sales} sales`, memoryOf(pid))];
  } finally {
    await kiosk.close();
  }
}

async function run(context: Context): Promise<Outcome[]> {
  execFileSync(process.execPath, ['tools/build.ts'], { stdio: ['ignore', 'ignore', 'inherit'] });
  const shop = await openShop({ directory: join(context.directory, 'shop') });
  const display = await startDisplay({ width: 1280, height: 800 });
  try {
    return await measure(context, shop, display.name);
  } finally {
    await display.stop();
    await shop.stop();
  }
}

export const memory: Measure = {
  name: 'memory',
  what: `memory of each process of the kiosk after its start and after ${SALES} sales; figures only`,
  run,
};
