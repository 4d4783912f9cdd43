// A scanner on any byte link: keeps it open for ever and posts whole frames. Reference devices 4.3.
import type { ByteLink, LinkOpener } from '../../core/ports/byte-link.ts';
import type { Clock } from '../../core/ports/clock.ts';
import type { Fault } from '../../core/ports/fault.ts';
import type { Scanner, ScannerEvent } from '../../core/ports/scanner.ts';
import { Framer } from './framing.ts';
import type { Frame, Framing } from './framing.ts';

const firstDelay_ms = 200;
const longestDelay_ms = 2000;

export type SerialScannerOptions = { id: string; open: LinkOpener; framing: Framing; clock: Clock };

export class SerialScanner implements Scanner {
  readonly id: string;
  readonly #open: LinkOpener;
  readonly #clock: Clock;
  readonly #framer: Framer;
  #post: ((event: ScannerEvent) => void) | null = null;
  #link: ByteLink | null = null;
  #opening: Promise<void> = Promise.resolve();
  #delay_ms = firstDelay_ms;
  #opened_ms = 0;
  #cancelRetry: () => void = () => undefined;
  #cancelTick: () => void = () => undefined;
  /** The last status posted, to post changes only. */
  #posted = '';

  constructor(options: SerialScannerOptions) {
    this.id = options.id;
    this.#open = options.open;
    this.#clock = options.clock;
    this.#framer = new Framer(options.framing);
  }

  start(post: (event: ScannerEvent) => void): void {
    this.#post = post;
    this.#connect();
  }

  /** Closes the device; nothing is posted afterwards. */
  async stop(): Promise<void> {
    this.#post = null;
    this.#cancelRetry();
    this.#cancelTick();
    await this.#opening;
    await this.#link?.end();
  }

  #connect(): void {
    this.#opening = this.#tryOpen();
  }

  async #tryOpen(): Promise<void> {
    let closed = false;
    const result = await this.#open({
      bytes: (chunk) => this.#received(chunk),
      closed: (fault) => {
        closed = true;
        this.#lost(fault);
      },
    });
    if (!result.ok) {
      this.#lost(result.fault);
    } else if (!closed) {
      this.#link = result.link;
      this.#opened_ms = this.#clock.steady_ms();
      this.#status('ready', null);
    }
  }

  #received(chunk: Uint8Array): void {
    this.#emit(this.#framer.push(chunk, this.#clock.steady_ms()));
    this.#scheduleTick();
  }

  #scheduleTick(): void {
    this.#cancelTick();
    const deadline_ms = this.#framer.deadline_ms();
    if (deadline_ms === null || this.#post === null) return;
    this.#cancelTick = this.#clock.after(Math.max(0, deadline_ms - this.#clock.steady_ms()), () => {
      this.#emit(this.#framer.tick(this.#clock.steady_ms()));
      this.#scheduleTick();
    });
  }

  #emit(frames: Frame[]): void {
    for (const { bytes, tooLong } of frames) {
      this.#post?.({ kind: 'frame', scannerId: this.id, bytes, tooLong });
    }
  }

  /** The device is not there (any more): forget the half frame, say so, try again later. */
  #lost(fault: Fault | null): void {
    const lived = this.#link !== null && this.#clock.steady_ms() - this.#opened_ms >= longestDelay_ms;
    this.#link = null;
    this.#cancelTick();
    this.#framer.reset();
    if (this.#post === null) return;
    this.#status('down', fault);
    // a device that opens and drops at once must not make us spin
    if (lived) this.#delay_ms = firstDelay_ms;
    this.#cancelRetry = this.#clock.after(this.#delay_ms, () => this.#connect());
    this.#delay_ms = Math.min(this.#delay_ms * 2, longestDelay_ms);
  }

  #status(state: 'ready' | 'down', fault: Fault | null): void {
    const key = `${state} ${fault?.code ?? ''}`;
    if (key === this.#posted) return;
    this.#posted = key;
    this.#post?.({ kind: 'status', scannerId: this.id, state, fault });
  }
}
