// The outbox's two ends in virtual time, as `wireOutbox` in core/core.ts has them: for the simulated month and the simulated day.
import type { Configuration } from '../../contract/configuration.ts';
import { createDispatcher } from '../../core/engine/dispatcher.ts';
import { createDrawer } from '../../core/engine/drawer.ts';
import type { Engine, EngineSettings } from '../../core/engine/engine.ts';
import { createForwarding } from '../../core/engine/forwarding.ts';
import { createPrinting } from '../../core/engine/printing.ts';
import { createRouteWatch } from '../../core/engine/routes.ts';
import { createPapers } from '../../core/papers.ts';
import type { PaymentPolicy } from '../../core/domain/payment/policy.ts';
import type { Acquirer, PresentedOrders } from '../../core/ports/acquirer.ts';
import type { Clock } from '../../core/ports/clock.ts';
import type { CodeVault } from '../../core/ports/code-vault.ts';
import type { Store } from '../../core/ports/journal.ts';
import type { Printer, PrinterEvent } from '../../core/ports/printer.ts';

export const BASE_URL = 'https://acquirer.invalid/';

export type VirtualParts = {
  engine: Engine;
  store: Store;
  vault: CodeVault;
  clock: Clock;
  settings: EngineSettings;
  acquirer: Acquirer & PresentedOrders;
  printer: Printer;
};

function policyOf({ acquirer, settings }: VirtualParts): PaymentPolicy {
  const route = settings.routes[acquirer.id];
  if (route === undefined) throw new Error(`no route ${acquirer.id}`);
  return route.policy;
}

/** `sentPrints`: rows found marked sent at the start. */
export function wireVirtualOutbox(
  parts: VirtualParts,
  options: { configuration: Configuration; concurrency: number; probeEvery_ms: number },
  sentPrints: ReadonlySet<number>,
) {
  const { engine, store, vault, clock, settings, acquirer, printer } = parts;
  const documentOf = createPapers(options.configuration, engine, store);
  const pump = () => dispatcher.pump();
  // No paper of the virtual shops is one that can't be drawn.
  const outlive = (error: unknown) => {
    throw error;
  };
  const printing = createPrinting({ engine, store, clock, printer, documentOf, outlive, pump }, sentPrints);
  const drawer = createDrawer({ engine, store, printer });
  const forwarding = createForwarding({
    engine,
    clock,
    concurrency: () => options.concurrency,
    next: () => routeWatch.forwardEvent(),
  });
  const dispatcher = createDispatcher({
    engine,
    store,
    vault,
    settings,
    forwardingOf: () => forwarding,
    acquirers: { [acquirer.id]: acquirer },
    print: printing.print,
    isPrinterFree: printing.isFree,
    openDrawer: drawer.open,
  });
  const routeWatch = createRouteWatch({
    engine,
    clock,
    acquirer,
    policy: policyOf(parts),
    network: {
      cable: (_target, post) => post(null),
      look: (_target, post) => clock.after(300, () => post({ layer: 'tcp', cause: 'TIMED_OUT' })),
      walk: (_target, post) => post([]),
    },
    target: { baseUrl: BASE_URL, ca: null, timeout_ms: 3000 },
    probeEvery_ms: options.probeEvery_ms,
    retryEvery_ms: options.probeEvery_ms,
    window: () => forwarding.window(),
  });
  const onPrinter = (event: PrinterEvent) => {
    printing.onEvent(event);
    drawer.onEvent(event);
  };
  return { dispatcher, routeWatch, onPrinter };
}
