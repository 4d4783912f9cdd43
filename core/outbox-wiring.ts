// The outbox's two ends: rows are performed after each commit, queued payments go while their route is up.
import type { Configuration } from '../contract/configuration.ts';
import { assert } from './domain/assert.ts';
import type { OnItsWay } from './engine/clock-leave.ts';
import { createDispatcher } from './engine/dispatcher.ts';
import { createDrawer } from './engine/drawer.ts';
import type { Engine, EngineSettings } from './engine/engine.ts';
import { createForwarding, type Forwarding } from './engine/forwarding.ts';
import { createPrinting, type Printing } from './engine/printing.ts';
import { createRouteWatch, type RouteWatch } from './engine/routes.ts';
import type { Line } from './lines.ts';
import { createPapers } from './papers.ts';
import type { Clock } from './ports/clock.ts';
import type { CodeVault } from './ports/code-vault.ts';
import type { Store } from './ports/journal.ts';
import type { NetworkProbe } from './ports/network.ts';
import type { Printer, PrinterEvent } from './ports/printer.ts';
import type { Technician } from './technician.ts';

export type OutboxParts = {
  clock: Clock;
  store: Store;
  vault: CodeVault;
  printer: Printer;
  lines: readonly Line[];
  settings: EngineSettings;
  network: NetworkProbe;
  outlive(error: unknown): void;
};

/** A line that is back is used within so long. */
const RETRY_ms = 3000;

type Watched = { watch: RouteWatch; forwarding: Forwarding };

function watchLine({ clock, network }: OutboxParts, engine: Engine, line: Line): Watched {
  const { route, acquirer, target, settings } = line;
  const forwarding = createForwarding({
    engine,
    clock,
    concurrency: () => route.forward.concurrency,
    next: () => watch.forwardEvent(),
  });
  const watch = createRouteWatch({
    engine,
    clock,
    acquirer,
    policy: settings.policy,
    network,
    target,
    probeEvery_ms: route.probeEvery_ms,
    retryEvery_ms: Math.min(route.probeEvery_ms, RETRY_ms),
    window: () => forwarding.window(),
  });
  return { watch, forwarding };
}

/** Papers that wait for their printer are on no way: they wait for the next run as well. */
function onItsWay(store: Store, printing: Printing): OnItsWay {
  const kinds = store.openRows().map(({ kind }) => kind);
  const isPrinting = kinds.includes('print') && !printing.isPaused();
  if (isPrinting || kinds.includes('openDrawer')) return 'devices';
  return kinds.some((kind) => kind !== 'print') ? 'acquirer' : 'nothing';
}

/** `sentPrints`: rows found marked sent at the start. */
export function wireOutbox(
  configuration: Configuration,
  parts: OutboxParts,
  engine: Engine,
  sentPrints: ReadonlySet<number>,
  technician: Technician,
) {
  const { store, vault, clock, printer, lines, settings, outlive } = parts;
  const documentOf = createPapers(configuration, engine, store);
  const pump = () => dispatcher.pump();
  const printing: Printing = createPrinting(
    { engine, store, clock, printer, documentOf, outlive, pump },
    sentPrints,
  );
  const drawer = createDrawer({ engine, store, printer });
  const watched = new Map(lines.map((line) => [line.acquirer.id, watchLine(parts, engine, line)]));
  const dispatcher = createDispatcher({
    engine,
    store,
    vault,
    settings,
    forwardingOf: (routeId) => {
      const found = watched.get(routeId);
      assert(found, `route ${routeId} is not configured`);
      return found.forwarding;
    },
    acquirers: Object.fromEntries(lines.map(({ acquirer }) => [acquirer.id, acquirer])),
    print: printing.print,
    isPrinterFree: printing.isFree,
    openDrawer: drawer.open,
  });
  engine.onCommit(() => {
    setImmediate(() => {
      dispatcher.pump();
      for (const { watch } of watched.values()) watch.forward();
    });
  });
  const onPrinter = (event: PrinterEvent) => {
    if (technician.takesPrinterEvent(event)) return;
    printing.onEvent(event);
    drawer.onEvent(event);
  };
  return {
    onPrinter,
    dispatcher,
    onItsWay: () => onItsWay(store, printing),
    start: () => {
      for (const { watch } of watched.values()) watch.start();
    },
    stop: () => {
      dispatcher.stop();
      for (const { watch, forwarding } of watched.values()) {
        watch.stop();
        forwarding.stop();
      }
    },
  };
}
