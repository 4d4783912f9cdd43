// A scanner, whatever it hangs on: keeps its device open for ever and posts whole frames. The opener brings the decoder
// that cuts the device's bytes into frames.
import type { ByteLinkListener } from '../../core/ports/byte-link.ts';
import type { Clock } from '../../core/ports/clock.ts';
import type { DeviceIdentity, DeviceReport } from '../../core/ports/device.ts';
import type { Fault } from '../../core/ports/fault.ts';
import type { Scanner, ScannerEvent } from '../../core/ports/scanner.ts';
import type { Frame } from './framing.ts';
import { scannerLog } from './scanner-log.ts';

/** What a framer does, and a decoder of HID reports. All times are milliseconds on one monotonic clock. */
export type Decoder = {
  /** Frames completed by this chunk; a HID report is a chunk of its own. */
  push(chunk: Uint8Array, now_ms: number): Frame[];
  /** Frames completed by the passing of time alone. */
  tick(now_ms: number): Frame[];
  /** When `tick` has something to do, or null. */
  deadline_ms(): number | null;
  /** Forgets a half frame: after a reconnect its rest is not coming. */
  reset(): void;
};

type OpenedDevice = { ok: true; link: { end(): Promise<void> }; decoder: Decoder };
export type ScannerOpener = (
  listener: ByteLinkListener,
) => Promise<OpenedDevice | { ok: false; fault: Fault }>;

export type DeviceScannerOptions = {
  id: string;
  /** How it is reached, for people. */
  connection: string;
  open: ScannerOpener;
  clock: Clock;
  /** Who the device is, asked after each connection. Never rejects. */
  identify?: () => Promise<DeviceIdentity | null>;
  /** After its stop. */
  stopped?: () => void;
};

const firstDelay_ms = 100;
/** A replugged scanner is back within a second. */
const longestDelay_ms = 500;

type Held = { link: { end(): Promise<void> }; decoder: Decoder; opened_ms: number };

export class DeviceScanner implements Scanner {
  readonly id: string;
  readonly #options: DeviceScannerOptions;
  readonly #log: ReturnType<typeof scannerLog>;
  #post: ((event: ScannerEvent) => void) | null = null;
  #held: Held | null = null;
  #identity: DeviceIdentity | null = null;
  #opening: Promise<void> = Promise.resolve();
  #delay_ms = firstDelay_ms;
  #cancelRetry: () => void = () => undefined;
  #cancelTick: () => void = () => undefined;
  /** The last status posted, to post changes only. */
  #posted = '';

  constructor(options: DeviceScannerOptions) {
    this.id = options.id;
    this.#options = options;
    this.#log = scannerLog(options.clock);
  }

  start(post: (event: ScannerEvent) => void): void {
    this.#post = post;
    this.#connect();
  }

  report(): DeviceReport {
    const { lastError, statistics } = this.#log;
    return {
      id: this.id,
      category: 'scanner',
      connection: this.#options.connection,
      identity: this.#identity,
      lastError,
      statistics,
    };
  }

  /** Closes the device; nothing is posted afterwards. */
  async stop(): Promise<void> {
    this.#post = null;
    this.#cancelRetry();
    this.#cancelTick();
    await this.#opening;
    await this.#held?.link.end();
    this.#options.stopped?.();
  }

  #connect(): void {
    this.#opening = this.#tryOpen();
  }

  async #tryOpen(): Promise<void> {
    let closed = false;
    const result = await this.#options.open({
      bytes: (chunk) => this.#received(chunk),
      closed: (fault) => {
        closed = true;
        this.#lost(fault);
      },
    });
    if (!result.ok) {
      this.#lost(result.fault);
    } else if (!closed) {
      this.#held = { ...result, opened_ms: this.#options.clock.steady_ms() };
      this.#log.count('ConnectionCount');
      this.#status('ready', null);
      void this.#identify();
    }
  }

  async #identify(): Promise<void> {
    this.#identity = (await this.#options.identify?.()) ?? this.#identity;
  }

  #received(chunk: Uint8Array): void {
    this.#log.count('ReceivedByteCount', chunk.length);
    this.#emit(this.#held?.decoder.push(chunk, this.#options.clock.steady_ms()) ?? []);
    this.#scheduleTick();
  }

  #scheduleTick(): void {
    const { clock } = this.#options;
    this.#cancelTick();
    const deadline_ms = this.#held?.decoder.deadline_ms() ?? null;
    if (deadline_ms === null || this.#post === null) return;
    this.#cancelTick = clock.after(Math.max(0, deadline_ms - clock.steady_ms()), () => {
      this.#emit(this.#held?.decoder.tick(clock.steady_ms()) ?? []);
      this.#scheduleTick();
    });
  }

  #emit(frames: Frame[]): void {
    for (const frame of frames) {
      this.#log.count(frame.tooLong || frame.bytes.length === 0 ? 'BadScanCount' : 'GoodScanCount');
      this.#post?.({ kind: 'frame', scannerId: this.id, ...frame });
    }
  }

  /** The device is not there (any more): forget the half frame, say so, try again later. */
  #lost(fault: Fault | null): void {
    const held = this.#held;
    const { clock } = this.#options;
    this.#held = null;
    this.#cancelTick();
    held?.decoder.reset();
    if (this.#post === null) return;
    if (held !== null) this.#log.count('CommunicationErrorCount');
    this.#status('down', fault);
    // a device that opens and drops at once must not make us spin
    if (held !== null && clock.steady_ms() - held.opened_ms >= longestDelay_ms)
      this.#delay_ms = firstDelay_ms;
    this.#cancelRetry = clock.after(this.#delay_ms, () => this.#connect());
    this.#delay_ms = Math.min(this.#delay_ms * 2, longestDelay_ms);
  }

  #status(state: 'ready' | 'down', fault: Fault | null): void {
    const key = `${state} ${fault?.code ?? ''}`;
    if (key === this.#posted) return;
    this.#posted = key;
    if (fault !== null) this.#log.note(fault);
    this.#post?.({ kind: 'status', scannerId: this.id, state, fault });
  }
}
