// A till that sells for cash and prints: the real engine, store, dispatcher, drawer, printing and driver, wired as core/core.ts
// does it, in this process.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { configurationSchema, withRoutes } from '../../contract/configuration.ts';
import type { PrintView } from '../../contract/snapshot.ts';
import type { TillEvent } from '../../core/domain/till/events.ts';
import { createDispatcher } from '../../core/engine/dispatcher.ts';
import { createDrawer } from '../../core/engine/drawer.ts';
import { createEngine, type Engine } from '../../core/engine/engine.ts';
import { createPrinting } from '../../core/engine/printing.ts';
import { createPapers } from '../../core/papers.ts';
import type { Clock } from '../../core/ports/clock.ts';
import type { Store } from '../../core/ports/journal.ts';
import type { Printer, PrinterEvent } from '../../core/ports/printer.ts';
import { printView } from '../../core/rpc/view-devices.ts';
import { systemClock, systemRandom } from '../../core/system.ts';
import { openCodeVault } from '../../db/code-vault.ts';
import { openStore } from '../../db/store.ts';
import { cash, tea } from '../../fixtures/databases/till.ts';
import { directForwarding } from '../core/fakes.ts';

export type PaperTill = {
  engine: Engine;
  store: Store;
  /** Sells, takes cash; the id of the receipt that is being printed now. */
  sell(): string;
  reprint(receiptId: string): void;
  print(): PrintView;
  stop(): Promise<void>;
};

const names = ['桂花乌龙茶', '手工牛轧糖', '全麦吐司面包', '低温鲜牛奶', '海盐苏打饼干', '鸡蛋 10 枚装'];
const configurationFile = join(import.meta.dirname, '..', '..', 'docs', 'configuration.example.json');

/** What was not printed at all is tried again sooner than in a shop. */
function hasty(clock: Clock): Clock {
  return { ...clock, after: (delay_ms, run) => clock.after(Math.min(delay_ms, 100), run) };
}

function must(engine: Engine, event: TillEvent): void {
  const refusal = engine.ask(event);
  if (refusal !== null) throw new Error(`${event.kind} was refused: ${refusal}`);
}

function sellWith(engine: Engine): string {
  const kinds = names.map((name, index) => ({
    ...tea,
    barcode: String(6_901_234_560_000 + index),
    name_zh: name,
    name_en: name,
    price_fen: 350 + index * 110,
  }));
  if (engine.state.currentSaleId !== null) must(engine, { kind: 'saleLeft' });
  for (const goods of kinds) must(engine, { kind: 'goodsEntered', goods });
  must(engine, { kind: 'tenderStarted' });
  must(engine, { kind: 'cashTaken', received_fen: 10_000, roundDown: false });
  const { lastReceiptId } = engine.state;
  if (lastReceiptId === null) throw new Error('the sale has no receipt');
  return lastReceiptId;
}

function openDay(engine: Engine): void {
  engine.post({ kind: 'installed', epoch: 1 });
  engine.post({ kind: 'signedIn', operatorId: 'lin', role: 'cashier' });
  engine.post({ kind: 'shiftOpened', operatorId: 'lin', float_fen: 20_000 });
}

/** `plant` may put a wrong thing between the engine and its printing. */
export function openPaperTill(
  directory: string,
  printer: Printer,
  plant: (engine: Engine) => Engine = (engine) => engine,
): PaperTill {
  const clock = systemClock();
  const store = openStore(join(directory, 'state'));
  const vault = openCodeVault(join(directory, 'keys'));
  const settings = { terminalCode: '20260002', routes: {}, cash };
  const fatal = (error: unknown): never => {
    throw error;
  };
  const engine = createEngine({ store, vault, clock, random: systemRandom, settings, fatal });
  const documentOf = createPapers(
    withRoutes(configurationSchema.parse(JSON.parse(readFileSync(configurationFile, 'utf8')))),
    engine,
    store,
  );
  const printing = createPrinting(
    {
      engine: plant(engine),
      store,
      clock: hasty(clock),
      printer,
      documentOf,
      outlive: fatal,
      pump: () => dispatcher.pump(),
    },
    new Set(),
  );
  const drawer = createDrawer({ engine, store, printer });
  const { print, isFree: isPrinterFree } = printing;
  const forwarding = directForwarding(() => engine);
  const doors = { print, isPrinterFree, openDrawer: drawer.open };
  const dispatcher = createDispatcher({
    engine,
    store,
    vault,
    settings,
    acquirers: {},
    forwardingOf: () => forwarding,
    ...doors,
  });
  engine.onCommit(() => setImmediate(() => dispatcher.pump()));
  engine.updateUi({ printers: { receipt: { state: 'starting', detail: '' } } });
  engine.start();
  printer.start((event: PrinterEvent) => {
    printing.onEvent(event);
    drawer.onEvent(event);
  });
  openDay(engine);
  return {
    engine,
    store,
    sell: () => sellWith(engine),
    reprint: (receiptId) => must(engine, { kind: 'reprintAsked', receiptId, operatorId: 'lin' }),
    print: () => printView(engine),
    stop: async () => {
      engine.stop();
      dispatcher.stop();
      await printer.stop();
      store.close();
    },
  };
}
