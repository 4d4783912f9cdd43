// What a printer has done since the start, counted for the technician, and what went wrong last.
import type { ByteLink, ByteLinkListener, LinkOpener } from '../../core/ports/byte-link.ts';
import type { Clock } from '../../core/ports/clock.ts';
import type { DeviceError, StatisticName } from '../../core/ports/device.ts';
import type { DrawerOutcome, PrintOutcome, PrinterState } from '../../core/ports/printer.ts';

/** A printer shows all of these, so that zero is told apart from not counted. */
const counted = [
  'ReceiptPrintedCount',
  'UnconfirmedReceiptCount',
  'FailedReceiptCount',
  'PaperOutCount',
  'CoverOpenCount',
  'DrawerGoodOpenCount',
  'DrawerFailedOpenCount',
  'CommunicationErrorCount',
  'ConnectionCount',
  'ReceivedByteCount',
  'SentByteCount',
] as const satisfies readonly StatisticName[];
type Counted = (typeof counted)[number];

export class LogBook {
  readonly #clock: Clock;
  readonly #counts = new Map<Counted, number>(counted.map((name) => [name, 0]));
  lastError: DeviceError | null = null;

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  get statistics(): Readonly<Partial<Record<StatisticName, number>>> {
    return Object.fromEntries(this.#counts);
  }

  /** Every link that `open` gives is counted: connections, bytes, and what broke it. */
  watching(open: LinkOpener): LinkOpener {
    return async (listener) => {
      const result = await open(this.#listening(listener));
      if (!result.ok) {
        this.#failed('CommunicationErrorCount', result.fault);
        return result;
      }
      this.#add('ConnectionCount');
      return { ok: true, link: this.#sending(result.link) };
    };
  }

  /** The printer's state has changed. That the connection failed is counted where it fails. */
  state(state: PrinterState, detail: string): void {
    if (state === 'paperOut') this.#add('PaperOutCount');
    if (state === 'coverOpen') this.#add('CoverOpenCount');
    // the fault behind it, if there is one, was noted where it happened, and says more
    const isNoted = this.lastError !== null && detail.startsWith(this.lastError.code);
    if (state !== 'ready' && state !== 'paperLow' && !isNoted) this.#note({ code: state, detail });
  }

  printed(outcome: PrintOutcome): void {
    if (outcome.kind === 'failed') this.#failed('FailedReceiptCount', { ...outcome, code: outcome.problem });
    else this.#add(outcome.evidence === 'sentOnly' ? 'UnconfirmedReceiptCount' : 'ReceiptPrintedCount');
  }

  pulsed(outcome: DrawerOutcome): void {
    if (outcome.kind === 'sent') this.#add('DrawerGoodOpenCount');
    else this.#failed('DrawerFailedOpenCount', { code: 'drawer', detail: outcome.detail });
  }

  #listening(listener: ByteLinkListener): ByteLinkListener {
    return {
      bytes: (chunk) => {
        this.#add('ReceivedByteCount', chunk.length);
        listener.bytes(chunk);
      },
      closed: (fault) => {
        if (fault !== null) this.#failed('CommunicationErrorCount', fault);
        listener.closed(fault);
      },
    };
  }

  #sending(link: ByteLink): ByteLink {
    return {
      write: async (bytes) => {
        const fault = await link.write(bytes);
        if (fault === null) this.#add('SentByteCount', bytes.length);
        return fault;
      },
      end: () => link.end(),
    };
  }

  #add(name: Counted, count = 1): void {
    this.#counts.set(name, (this.#counts.get(name) ?? 0) + count);
  }

  #failed(name: Counted, error: { code: string; detail: string }): void {
    this.#add(name);
    this.#note(error);
  }

  #note({ code, detail }: { code: string; detail: string }): void {
    this.lastError = { at_ms: this.#clock.wall_ms(), code, detail };
  }
}
