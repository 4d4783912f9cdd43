// Three bugs that such a driver could have, for the test that the judge finds each of them.
import type { Engine } from '../../core/engine/engine.ts';
import type { LinkOpener } from '../../core/ports/byte-link.ts';
import type { Printer, PrinterEvent, PrintJob } from '../../core/ports/printer.ts';

export type Plant = 'none' | 'unmarkedRetry' | 'staleStatus' | 'droppedFailure';

/** Writes down its jobs. Planted: half a receipt counts as nothing, and is printed again as if it were the first. */
export function watched(printer: Printer, jobs: PrintJob[], plant: Plant): Printer {
  const wrong = (event: PrinterEvent): PrinterEvent =>
    plant === 'unmarkedRetry' && event.kind === 'finished' && event.outcome.kind === 'failed'
      ? { ...event, outcome: { ...event.outcome, printed: 'nothing' } }
      : event;
  return {
    id: printer.id,
    start: (post) => printer.start((event) => post(wrong(event))),
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

/** Every question in order is answered at once, as by answers that were under way before. */
export function answeringEarly(open: LinkOpener, plant: Plant): LinkOpener {
  if (plant !== 'staleStatus') return open;
  return async (listener) => {
    const result = await open(listener);
    if (!result.ok) return result;
    const { link } = result;
    return {
      ok: true,
      link: {
        end: () => link.end(),
        write: (bytes) => {
          const questions = Buffer.from(bytes).toString('latin1').split('\x1dr\x01').length - 1;
          setImmediate(() => listener.bytes(new Uint8Array(questions)));
          return link.write(bytes);
        },
      },
    };
  };
}

/** The end of a lost receipt never reaches the journal: it looks printed. */
export function dropping(engine: Engine, plant: Plant): Engine {
  if (plant !== 'droppedFailure') return engine;
  return new Proxy(engine, {
    get(target, name, receiver) {
      if (name !== 'post') return Reflect.get(target, name, receiver) as unknown;
      const post: Engine['post'] = (event, options) =>
        event.kind === 'printEnded' && event.print === 'failed' && options !== undefined
          ? target.post({ ...event, print: 'printed', problem: null, proof: 'orderedStatus' }, options)
          : target.post(event, options);
      return post;
    },
  });
}
