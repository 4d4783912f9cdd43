// Three bugs that such a driver could have, for the test that the judge finds each of them.
import type { Engine } from '../../core/engine/engine.ts';
import type { Printer, PrinterEvent, PrintJob, PrintOutcome } from '../../core/ports/printer.ts';

export type Plant = 'none' | 'unmarkedRetry' | 'staleStatus' | 'droppedFailure';

/** What the driver would say with the bug in it. */
function withBug(outcome: PrintOutcome, plant: Plant): PrintOutcome {
  if (outcome.kind === 'printed') return outcome;
  // half a receipt counts as nothing, and is printed again as if it were the first
  if (plant === 'unmarkedRetry') return { ...outcome, printed: 'nothing' };
  // the answers that came before the power went are taken for those to the whole receipt
  if (plant === 'staleStatus') return { kind: 'printed', evidence: 'orderedStatus' };
  return outcome;
}

/** The driver, with its jobs written down, and perhaps a bug in it. */
export function watched(printer: Printer, jobs: PrintJob[], plant: Plant): Printer {
  const told = (event: PrinterEvent): PrinterEvent =>
    event.kind === 'finished' ? { ...event, outcome: withBug(event.outcome, plant) } : event;
  return {
    id: printer.id,
    start: (post) => printer.start((event) => post(told(event))),
    print: (job) => {
      jobs.push(job);
      printer.print(job);
    },
    pulseDrawer: (jobId) => printer.pulseDrawer(jobId),
    examine: (post) => printer.examine(post),
    report: () => printer.report(),
    stop: () => printer.stop(),
  };
}

/** The end of a lost receipt never reaches the journal: it looks printed. */
export function dropping(engine: Engine, plant: Plant): Engine {
  if (plant !== 'droppedFailure') return engine;
  const post: Engine['post'] = (event, options) => {
    const isEnd = event.kind === 'printEnded' && event.print === 'failed' && options !== undefined;
    if (!isEnd) return engine.post(event, options);
    engine.post({ ...event, print: 'printed', problem: null, proof: 'orderedStatus' }, options);
  };
  return new Proxy(engine, {
    get(target, name) {
      if (name === 'post') return post;
      // the engine's own private fields are not the proxy's
      const value: unknown = Reflect.get(target, name, target);
      return typeof value === 'function' ? (value.bind(target) as unknown) : value;
    },
  });
}
