// A byte link over a serial line or USB-serial adapter (scanners, serial printers).
import type { SerialPort } from 'serialport';
import type { ByteLink, ByteLinkListener, LinkOpener, OpenResult } from '../../core/ports/byte-link.ts';
import type { Clock } from '../../core/ports/clock.ts';
import type { Fault } from '../../core/ports/fault.ts';
import { watchDevice } from './device-watch.ts';
import { CloseOnce, errorDetail } from './link-state.ts';
import { monotonicClock } from './monotonic-clock.ts';

export type SerialOptions = {
  path: string;
  baudRate: number;
  /** Default 8. */
  dataBits?: 5 | 6 | 7 | 8;
  /** Default none. */
  parity?: 'none' | 'even' | 'odd';
  /** Default 1. */
  stopBits?: 1 | 1.5 | 2;
  /** How the device says "wait". Default none. */
  flow?: 'none' | 'rtscts' | 'xonxoff';
};

type CreatePort = (options: SerialOptions) => SerialPort;

/** What the opener works with; all of it has defaults. */
export type SerialParts = {
  clock?: Clock;
  /** Between two looks whether the path still leads to the device that we opened. Default 400. */
  watchEvery_ms?: number;
  createPort?: CreatePort;
};

/** Pending writes may take this long when we end the link; a stalled peer must not hold us for ever. */
const drainLimit_ms = 2000;

function openFault(error: unknown): Fault {
  const { detail } = errorDetail(error);
  // serialport gives the system error only in its text; a second open is refused by the lock (devices 3.3)
  if (/no such file|ENOENT|cannot find/i.test(detail))
    return { code: 'serial.notFound', retry: 'safe', detail };
  if (/cannot lock|busy|resource temporarily/i.test(detail))
    return { code: 'serial.busy', retry: 'safe', detail };
  if (/permission|EACCES|access denied/i.test(detail))
    return { code: 'serial.denied', retry: 'safe', detail };
  return { code: 'serial.openFailed', retry: 'safe', detail };
}

function unplugged(error: unknown): Fault {
  const detail = error ? errorDetail(error).detail : 'the device went away';
  return { code: 'serial.unplugged', retry: 'unsafe', detail };
}

/** Null where the binding has no descriptor (Windows). */
function descriptorOf(port: SerialPort): number | null {
  const binding: { fd?: number | null } | undefined = port.port;
  return binding?.fd ?? null;
}

class SerialLink implements ByteLink {
  readonly #port: SerialPort;
  readonly #state: CloseOnce;
  readonly #writes = new Set<Promise<unknown>>();
  #ending = false;
  /** The newest sign of trouble, for the fault. */
  #lastError: unknown = null;
  #stopWatching = (): void => undefined;

  constructor(port: SerialPort, state: CloseOnce) {
    this.#port = port;
    this.#state = state;
  }

  /** To be called once the port is open. */
  watch(path: string, clock: Clock, every_ms: number): void {
    const descriptor = descriptorOf(this.#port);
    if (descriptor === null) return;
    const gone = (detail: string): void => {
      this.#lastError = new Error(detail);
      this.close();
    };
    this.#stopWatching = watchDevice({ path, descriptor, clock, every_ms, gone });
  }

  /** An error of the port: no more than a note, unless its closing failed. */
  failing(error: unknown): void {
    this.#lastError = error;
    if (!this.#port.isOpen && !this.#port.closing) this.closed(error);
  }

  /** The descriptor is closed, whoever wanted it. */
  closed(error: unknown): void {
    this.#stopWatching();
    this.#state.close(this.#ending ? null : unplugged(error ?? this.#lastError));
  }

  write(bytes: Uint8Array): Promise<Fault | null> {
    if (this.#state.closed || this.#ending) return Promise.resolve(this.#state.fault);
    const done = new Promise<Fault | null>((resolve) => {
      this.#port.write(Buffer.from(bytes), undefined, (error) => {
        resolve(error ? { code: 'serial.writeFailed', retry: 'unsafe', detail: error.message } : null);
      });
    });
    this.#writes.add(done);
    void done.then(() => this.#writes.delete(done));
    // a write queued behind a closed port never calls back
    return Promise.race([done, this.#state.wait().then(() => this.#state.fault)]);
  }

  async end(): Promise<void> {
    if (this.#state.closed) return;
    this.#ending = true;
    let timer: NodeJS.Timeout | undefined;
    const limit = new Promise((resolve) => {
      timer = setTimeout(resolve, drainLimit_ms);
    });
    await Promise.race([Promise.all(this.#writes), limit]);
    clearTimeout(timer);
    this.close();
    await this.#state.wait();
  }

  /** Closes the descriptor; a port that closed under our feet is as good as closed. */
  close(): void {
    this.#stopWatching();
    if (this.#port.isOpen && !this.#port.closing) this.#port.close((error) => error && this.closed(error));
    else if (!this.#port.isOpen && !this.#port.closing) this.closed(null);
  }
}

/** The package is loaded at the first opening: the till is ready without it. @throws what its native part says */
async function loadSerialPort(): Promise<CreatePort> {
  const { SerialPort } = await import('serialport');
  return (options) => createPort(SerialPort, options);
}

function createPort(Port: typeof SerialPort, options: SerialOptions): SerialPort {
  return new Port({
    path: options.path,
    baudRate: options.baudRate,
    dataBits: options.dataBits ?? 8,
    parity: options.parity ?? 'none',
    stopBits: options.stopBits ?? 1,
    rtscts: options.flow === 'rtscts',
    // only what comes back to us: printer status is binary and may hold these bytes
    xon: options.flow === 'xonxoff',
    autoOpen: false,
  });
}

/** An opener for one serial line. Fault codes `serial.*`; opening faults are `safe`, later ones `unsafe`. */
export function openSerial(options: SerialOptions, parts: SerialParts = {}): LinkOpener {
  const { clock = monotonicClock(), watchEvery_ms = 400 } = parts;
  return async (listener: ByteLinkListener) => {
    let create: CreatePort;
    try {
      create = parts.createPort ?? (await loadSerialPort());
    } catch (error) {
      return { ok: false, fault: openFault(error) };
    }
    return new Promise<OpenResult>((resolve) => {
      const state = new CloseOnce(listener);
      const port = create(options);
      const link = new SerialLink(port, state);
      // without a data listener nothing is read and an unplug is never noticed (devices 3.3)
      port.on('data', (chunk: Buffer) => listener.bytes(chunk));
      port.on('error', (error) => link.failing(error));
      // a zero-length read ends the stream but leaves the descriptor open
      port.on('end', () => link.close());
      port.on('close', (error: unknown) => link.closed(error));
      port.open((error) => {
        if (error) {
          resolve({ ok: false, fault: openFault(error) });
          return;
        }
        link.watch(options.path, clock, watchEvery_ms);
        resolve({ ok: true, link });
      });
    });
  };
}
