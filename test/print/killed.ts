// The core as its own process, killed while a receipt is at so many bytes in the printer, once or twice, and started again.
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Snapshot } from '../../contract/snapshot.ts';
import { type CoreProcess, startCoreProcess } from '../../tools/lab/core-process.ts';
import { openShop, type Shop } from '../../tools/lab/shop.ts';
import { connectRpc, type RpcClient } from '../../tools/rpc/client.ts';
import { openOutboxRows } from '../crash/books.ts';
import { visible } from './judge.ts';
import { type Model, openStruckPrinter, type StruckPrinter } from './struck-printer.ts';

export type Kill = {
  at_bytes: number;
  /** What the printer had not received yet is lost with the process; else it comes out all the same. */
  isCut: boolean;
};

export type KilledLane = {
  /** One till, one sale for cash, killed at each of the places in turn. Problems found. */
  run(kills: readonly Kill[]): Promise<string[]>;
  stop(): Promise<void>;
};

const isEnded = ({ print }: Snapshot): boolean =>
  print.proof !== null && print.proof !== 'nothing' && print.state !== 'printing';

/** Papers by their banner; whole: down to the bar code at the foot. */
function papersOf({ device }: StruckPrinter): { banner: string | null; isWhole: boolean }[] {
  device.tear();
  return device.papers.map(({ items }) => {
    const lines = visible(items);
    const banner = lines.find((line) => /REPRINT|POSSIBLE COPY/.test(line)) ?? null;
    return { banner, isWhole: lines.some((line) => line.startsWith('barcode')) };
  });
}

async function sell(rpc: RpcClient, shop: Shop): Promise<void> {
  await rpc.call('operator.signIn', { operatorId: 'lin', pin: shop.pins['lin'] });
  await rpc.call('shift.open', { float_fen: 20_000 });
  await rpc.until('the drawer of the shift', ({ drawer }) => drawer === 'opened');
  await rpc.call('goods.enter', { barcode: '6901821000474' });
  await rpc.call('sale.tender');
  await rpc.call('tender.cash', { received_fen: 10_000 });
}

function judgeKilled(
  printer: StruckPrinter,
  screen: Snapshot['print'],
  kills: number,
  pulses: number,
): string[] {
  const papers = papersOf(printer);
  const whole = papers.filter((paper) => paper.isWhole);
  const unmarked = whole.filter((paper) => paper.banner === null).length;
  const marked = whole.length - unmarked;
  const problems: string[] = [];
  if (unmarked > 1) problems.push(`${unmarked} whole originals`);
  if (whole.length === 0) problems.push('nothing whole on paper');
  if (screen.state !== 'printed') problems.push(`the screen says ${screen.state}`);
  if (marked > kills) problems.push(`${marked} copies after ${kills} kills`);
  const wrong = papers.filter((paper) => paper.banner !== null && !paper.banner.includes('POSSIBLE COPY'));
  if (wrong.length > 0) problems.push(`marked ${wrong.map((paper) => paper.banner).join(', ')}`);
  // the shift's and the sale's
  if (pulses > 2) problems.push(`${pulses} pulses to the drawer`);
  return problems;
}

class Lane implements KilledLane {
  readonly #shop: Shop;
  readonly #printer: StruckPrinter;
  #number = 0;

  constructor(shop: Shop, printer: StruckPrinter) {
    this.#shop = shop;
    this.#printer = printer;
  }

  async run(kills: readonly Kill[]): Promise<string[]> {
    const { device } = this.#printer;
    this.#number += 1;
    const stateDirectory = join(this.#shop.directory, `state-${this.#number}`);
    mkdirSync(stateDirectory, { mode: 0o700 });
    device.takePapers();
    const pulsesBefore = device.drawerPulses;
    let isSold = false;
    for (const kill of kills) {
      await this.#live(stateDirectory, async (core, rpc) => {
        const died = this.#killAt(core, kill);
        if (!isSold) await sell(rpc, this.#shop).catch((error: unknown) => this.#onlyIfDead(core, error));
        isSold = true;
        // a place behind the end of the job is never reached: it is killed after its commit, then
        await Promise.race([died, rpc.until('the end of the print', isEnded).catch(() => died)]);
      });
    }
    let screen: Snapshot['print'] | null = null;
    await this.#live(stateDirectory, async (core, rpc) => {
      screen = (await rpc.until('the end of the print', isEnded)).print;
      await core.stop();
    });
    if (screen === null) throw new Error('no screen was seen');
    const open = openOutboxRows(stateDirectory);
    const problems = judgeKilled(this.#printer, screen, kills.length, device.drawerPulses - pulsesBefore);
    return open === 0 ? problems : [...problems, `${open} rows of the outbox are open`];
  }

  /** The kill happens inside the printer's reception: nothing later has been answered. */
  #killAt(core: CoreProcess, { at_bytes, isCut }: Kill): Promise<number | string> {
    this.#printer.device.arm({
      at_bytes,
      strike: () => {
        core.child.kill('SIGKILL');
        return isCut && this.#printer.strike('hangUp');
      },
    });
    return core.exited;
  }

  async #live(
    stateDirectory: string,
    act: (core: CoreProcess, rpc: RpcClient) => Promise<unknown>,
  ): Promise<void> {
    const core = await startCoreProcess({ configFile: this.#shop.configFile, stateDirectory });
    try {
      const rpc = await connectRpc(join(stateDirectory, 'control.sock'));
      await rpc.subscribe();
      await act(core, rpc).finally(() => rpc.close());
    } finally {
      await core.kill();
      this.#printer.device.arm(null);
    }
  }

  #onlyIfDead(core: CoreProcess, error: unknown): void {
    if (core.child.signalCode === null && core.child.exitCode === null && !core.child.killed) throw error;
  }

  async stop(): Promise<void> {
    await this.#shop.stop();
    await this.#printer.close();
    rmSync(this.#shop.directory, { recursive: true });
  }
}

export async function openKilledLane(model: Exclude<Model, 'silent'>): Promise<KilledLane> {
  const directory = mkdtempSync(join(tmpdir(), 'yima-killed-'));
  const printer = await openStruckPrinter(model, { kind: 'tcp', link: '' });
  const port = printer.port.port ?? 0;
  const shop = await openShop({
    directory,
    configure: (configuration) => ({
      ...configuration,
      printer: {
        id: 'receipt',
        transport: { kind: 'tcp', host: '127.0.0.1', port },
        profile: model,
        poll_ms: 1000,
      },
    }),
  });
  return new Lane(shop, printer);
}
