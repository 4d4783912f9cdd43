// What counts of a printer for the technician: its links, papers, pulses and troubles.
import type { ByteLink, ByteLinkListener, LinkOpener } from '../../core/ports/byte-link.ts';
import type { Clock } from '../../core/ports/clock.ts';
import type { StatisticName } from '../../core/ports/device.ts';
import type { DrawerOutcome, PrintOutcome, PrinterState } from '../../core/ports/printer.ts';
import { DeviceLog } from '../transport/device-log.ts';

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

export class LogBook extends DeviceLog<Counted> {
  constructor(clock: Clock) {
    super(clock, counted);
  }

  /** Every link that `open` gives is counted: connections, bytes, and what broke it. */
  watching(open: LinkOpener): LinkOpener {
    return async (listener) => {
      const result = await open(this.#listening(listener));
      if (!result.ok) {
        this.#failed('CommunicationErrorCount', result.fault);
        return result;
      }
      this.count('ConnectionCount');
      return { ok: true, link: this.#sending(result.link) };
    };
  }

  /** The printer's state has changed. That the connection failed is counted where it fails. */
  state(state: PrinterState, detail: string): void {
    if (state === 'paperOut') this.count('PaperOutCount');
    if (state === 'coverOpen') this.count('CoverOpenCount');
    // the fault behind it, if there is one, was noted where it happened, and says more
    const isNoted = this.lastError !== null && detail.startsWith(this.lastError.code);
    if (state !== 'ready' && state !== 'paperLow' && !isNoted) this.note({ code: state, detail });
  }

  printed(outcome: PrintOutcome): void {
    if (outcome.kind === 'failed') this.#failed('FailedReceiptCount', { ...outcome, code: outcome.problem });
    else this.count(outcome.evidence === 'sentOnly' ? 'UnconfirmedReceiptCount' : 'ReceiptPrintedCount');
  }

  pulsed(outcome: DrawerOutcome): void {
    if (outcome.kind === 'sent') this.count('DrawerGoodOpenCount');
    else this.#failed('DrawerFailedOpenCount', { code: 'drawer', detail: outcome.detail });
  }

  #listening(listener: ByteLinkListener): ByteLinkListener {
    return {
      bytes: (chunk) => {
        this.count('ReceivedByteCount', chunk.length);
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
        if (fault === null) this.count('SentByteCount', bytes.length);
        return fault;
      },
      end: () => link.end(),
    };
  }

  #failed(name: Counted, error: { code: string; detail: string }): void {
    this.count(name);
    this.note(error);
  }
}
