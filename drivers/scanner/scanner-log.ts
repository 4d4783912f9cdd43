// What a scanner has done since the start, counted for the technician, and what went wrong last.
import type { Clock } from '../../core/ports/clock.ts';
import type { DeviceError, StatisticName } from '../../core/ports/device.ts';
import type { Fault } from '../../core/ports/fault.ts';

/** A scanner shows all of these, so that zero is told apart from not counted. */
const counted = [
  'GoodScanCount',
  'BadScanCount',
  'ConnectionCount',
  'CommunicationErrorCount',
  'ReceivedByteCount',
] as const satisfies readonly StatisticName[];
type Counted = (typeof counted)[number];

export class ScannerLog {
  readonly #clock: Clock;
  readonly #counts = new Map<Counted, number>(counted.map((name) => [name, 0]));
  lastError: DeviceError | null = null;

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  get statistics(): Readonly<Partial<Record<StatisticName, number>>> {
    return Object.fromEntries(this.#counts);
  }

  count(name: Counted, by = 1): void {
    this.#counts.set(name, (this.#counts.get(name) ?? 0) + by);
  }

  /** The newest one stays, also after the device came back. */
  fault(fault: Fault | null): void {
    if (fault === null) return;
    this.lastError = { at_ms: this.#clock.wall_ms(), code: fault.code, detail: fault.detail };
  }
}
