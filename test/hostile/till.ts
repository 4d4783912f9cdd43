// A shop with a running core and a signed-in cashier, for tests that throw things at it.
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Snapshot } from '../../contract/snapshot.ts';
import { type CodeMaker, codeMaker } from '../../fixtures/codes.ts';
import { type CoreProcess, startCoreProcess } from '../../tools/lab/core-process.ts';
import { type ConfigurationInput, type FileInput, openShop, type Shop } from '../../tools/lab/shop.ts';
import { connectRpc, type RpcClient } from '../../tools/rpc/client.ts';

export type Till = {
  shop: Shop;
  core: CoreProcess;
  rpc: RpcClient;
  codes: CodeMaker;
  /** Barcodes of the catalogue, in its order. */
  barcodes: string[];
  /** One bottle in a new sale, in the tender step. */
  tender(): Promise<void>;
  /** The same, and a code of this scheme scanned: the code. */
  pay(): Promise<string>;
  stop(): Promise<void>;
};

/** Doubt is resolved within seconds: the order of things is that of the real timings. */
export const quickTimings = {
  answerTimeout_ms: 1500,
  inquiryAt_ms: [200, 500, 900],
  giveUpAt_ms: 1500,
  giveUpFrom_ms: 100,
  awaitingEvery_ms: 200,
  awaitingLimit_ms: 2000,
  callTimeout_ms: 1500,
  reverseAt_ms: [0, 200, 500],
  reverseEvery_ms: 500,
  deferredInquiryEvery_ms: 400,
  presenting: { inquireEvery_ms: 200, closeAt_ms: [0, 200, 500], closeEvery_ms: 500 },
};

export function quick(configuration: ConfigurationInput): ConfigurationInput {
  return { ...configuration, route: { ...configuration.route, probeEvery_ms: 200, timings: quickTimings } };
}

export type Configure = (configuration: ConfigurationInput) => FileInput;

/** The shop alone; its directory goes with it. */
export async function openHostileShop(configure: Configure = quick): Promise<Shop> {
  const directory = mkdtempSync(join(tmpdir(), 'yh-'));
  const shop = await openShop({ directory, configure });
  return {
    ...shop,
    stop: async () => {
      await shop.stop();
      rmSync(directory, { recursive: true });
    },
  };
}

export function rewriteConfiguration(
  shop: Shop,
  change: (configuration: ConfigurationInput) => unknown,
): void {
  const before = JSON.parse(readFileSync(shop.configFile, 'utf8')) as ConfigurationInput;
  writeFileSync(shop.configFile, JSON.stringify(change(before)));
}

export async function connectTo(shop: Shop, operatorId: string | null = null): Promise<RpcClient> {
  const rpc = await connectRpc(shop.controlSocket);
  if (operatorId !== null) await rpc.call('operator.signIn', { operatorId, pin: shop.pins[operatorId] });
  await rpc.subscribe();
  return rpc;
}

const isReady = ({ routes, scanners }: Snapshot): boolean =>
  routes[0]?.state === 'online' && scanners[0]?.state === 'ready';

/** With which a shift begins. */
export const FLOAT_fen = 50_000;

export async function openTill(configure: Configure = quick): Promise<Till> {
  const shop = await openHostileShop(configure);
  const core = await startCoreProcess(shop);
  const rpc = await connectTo(shop, 'lin');
  const codes = codeMaker();
  await rpc.until('ready', isReady);
  await rpc.call('shift.open', { float_fen: FLOAT_fen });
  const { catalogueFile } = JSON.parse(readFileSync(shop.configFile, 'utf8')) as ConfigurationInput;
  const rows = readFileSync(catalogueFile, 'utf8').trim().split('\n').slice(1);
  const barcodes = rows.map((row) => row.split(',')[0] ?? '');

  async function tender(): Promise<void> {
    await shop.scanner.scan(barcodes[0] ?? '');
    await rpc.until('line', ({ sale }) => sale?.state === 'open' && sale.lines.length > 0);
    await rpc.call('sale.tender');
    await rpc.until('tender', ({ sale }) => sale?.state === 'tendering');
  }

  return {
    shop,
    core,
    rpc,
    codes,
    barcodes,
    tender,
    pay: async () => {
      await tender();
      const code = codes.wechat();
      await shop.scanner.scan(code);
      return code;
    },
    stop: async () => {
      rpc.close();
      await core.stop();
      await shop.stop();
    },
  };
}
