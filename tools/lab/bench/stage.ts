// One shop on the bench: all its sides together, looked at several times a second, shown when something changed.
import { basename } from 'node:path';
import type { BenchView } from '../../../fixtures/lab/shared/view.ts';
import { labPins, type Shop } from '../shop.ts';
import { openAcquirerSide } from './acquirer-side.ts';
import { openCoreSide } from './core-side.ts';
import { openMoneySide } from './money-side.ts';
import { openNetworkSide } from './network-side.ts';
import { openPrinterSide } from './printer-side.ts';
import { openScannerSide, serialScanner } from './scanner-side.ts';
import type { Handlers, Said } from './side.ts';
import { openTillEyes } from './till-eyes.ts';
import { openTraps } from './traps.ts';

const LOOK_EVERY_ms = 100;
const nothing: Said = { zh: '没有这个按钮', en: 'no such button' };

export type Stage = {
  view(): BenchView;
  handlers: Handlers;
  stop(): void;
};

async function openSides(shop: Shop) {
  if (shop.network === null) throw new Error('the bench needs a shop with a network');
  const till = openTillEyes({ path: shop.controlSocket, operatorId: 'wu', pin: labPins.wu });
  const network = openNetworkSide(shop.network);
  const core = openCoreSide(shop.stateDirectory);
  const traps = openTraps(shop.acquirer, { cable: network.pull, core: () => Promise.resolve(core.kill()) });
  return {
    till,
    network,
    core,
    traps,
    // Another device that can scan (a keyboard wedge, an HID scanner) is another line here.
    scanners: openScannerSide([serialScanner(shop.scanner)]),
    printer: await openPrinterSide(shop.paper, shop.printer.out),
    acquirer: await openAcquirerSide(shop.acquirer),
    money: openMoneySide(shop.stateDirectory, shop.gateway.ledgerFile, till.sequence),
  };
}

type Sides = Awaited<ReturnType<typeof openSides>>;

function viewOf(shop: Shop, sides: Sides): BenchView {
  const { cable, core } = sides.traps.view();
  return {
    phase: sides.till.view() === null && sides.core.view().starts === 0 ? 'starting' : 'ready',
    now_ms: Date.now(),
    directory: basename(shop.directory),
    scanners: sides.scanners.view(),
    lastScan: sides.scanners.last(),
    printer: sides.printer.view(),
    network: { ...sides.network.view(), cutsNextPayment: cable },
    acquirer: sides.acquirer.view(),
    core: { ...sides.core.view(), diesNextPayment: core },
    till: sides.till.view(),
    money: sides.money.view(),
  };
}

/** A trap hangs on a held answer: whoever disarms that, or everything, disarms the trap as well. */
function allHandlers(sides: Sides): Handlers {
  const own: Handlers = Object.assign({}, ...Object.values(sides).map((side) => side.handlers));
  const isHold = (armedId: unknown) =>
    sides.acquirer.view().armed.some((one) => one.armedId === armedId && one.name === 'hold');
  return {
    ...own,
    'network.plug': async (fields) => {
      await sides.traps.keepCable();
      return own['network.plug']?.(fields) ?? nothing;
    },
    'fault.clear': (fields) => {
      sides.traps.forget();
      return own['fault.clear']?.(fields) ?? nothing;
    },
    'fault.disarm': (fields) => {
      if (isHold(fields['armedId'])) sides.traps.forget();
      return own['fault.disarm']?.(fields) ?? nothing;
    },
  };
}

/** `changed` is called after each look that saw something new. */
export async function openStage(
  shop: Shop,
  changed: () => void,
  log: (line: string) => void,
): Promise<Stage> {
  const sides = await openSides(shop);
  const all = Object.values(sides);
  let isStopped = false;
  let timer: NodeJS.Timeout | undefined;
  const lookAround = async (): Promise<void> => {
    try {
      const news = await Promise.all(all.map(async (side) => side.look()));
      if (!isStopped && news.some(Boolean)) changed();
    } catch (error) {
      // A simulator that ends while the shop closes; anything else is said and looked at again.
      if (!isStopped) log(error instanceof Error ? error.message : String(error));
    }
    if (!isStopped) timer = setTimeout(() => void lookAround(), LOOK_EVERY_ms);
  };
  void lookAround();
  return {
    view: () => viewOf(shop, sides),
    handlers: allHandlers(sides),
    stop: () => {
      isStopped = true;
      clearTimeout(timer);
      sides.till.close();
    },
  };
}
