// What a device has done since the start, counted for the technician, and what went wrong last.
import type { Clock } from '../../core/ports/clock.ts';
import type { DeviceError, StatisticName } from '../../core/ports/device.ts';

export class DeviceLog<Counted extends StatisticName> {
  readonly #clock: Clock;
  readonly #counts: Map<Counted, number>;
  lastError: DeviceError | null = null;

  /** `counted`: all that this kind of device shows, so that zero is told apart from not counted. */
  constructor(clock: Clock, counted: readonly Counted[]) {
    this.#clock = clock;
    this.#counts = new Map(counted.map((name) => [name, 0]));
  }

  get statistics(): Readonly<Partial<Record<StatisticName, number>>> {
    return Object.fromEntries(this.#counts);
  }

  count(name: Counted, by = 1): void {
    this.#counts.set(name, (this.#counts.get(name) ?? 0) + by);
  }

  /** The newest one stays, also after the device came back. */
  note({ code, detail }: { code: string; detail: string }): void {
    this.lastError = { at_ms: this.#clock.wall_ms(), code, detail };
  }
}
