// What scanners tell the core: whole frames, and whether they are there.
import type { DeviceReport } from './device.ts';
import type { Fault } from './fault.ts';

/** One framed scan. `bytes` excludes the terminator; `tooLong` frames carry the first bytes only. */
export type ScanFrame = {
  kind: 'frame';
  scannerId: string;
  bytes: Uint8Array;
  tooLong: boolean;
  /** AIM symbology identifier (`]E0`, `]Q1`...), where the scanner reports one apart from the data. */
  symbology?: string;
};
export type ScannerStatus = {
  kind: 'status';
  scannerId: string;
  state: 'ready' | 'down';
  fault: Fault | null;
};
export type ScannerEvent = ScanFrame | ScannerStatus;

export interface Scanner {
  readonly id: string;
  /** Opens the device and keeps it open, reconnecting for ever with a bounded delay, until `stop`. */
  start(post: (event: ScannerEvent) => void): void;
  report(): DeviceReport;
  stop(): Promise<void>;
}
