// From plain configuration values to scanners and printers.
import type { Clock } from '../core/ports/clock.ts';
import type { Printer } from '../core/ports/printer.ts';
import type { Scanner } from '../core/ports/scanner.ts';
import { printerProfiles } from './printer/profile.ts';
import type { PrinterProfileName } from './printer/profile.ts';
import { ReceiptPrinter } from './printer/receipt-printer.ts';
import type { PrinterTimings } from './printer/timings.ts';
import type { Framing } from './scanner/framing.ts';
import { SerialScanner } from './scanner/serial-scanner.ts';
import { monotonicClock } from './transport/monotonic-clock.ts';
import { openSerial } from './transport/serial.ts';
import type { SerialOptions } from './transport/serial.ts';
import { openTcp } from './transport/tcp.ts';
import type { TcpOptions } from './transport/tcp.ts';

type SerialTransport = { kind: 'serial' } & SerialOptions;
type TcpTransport = { kind: 'tcp' } & TcpOptions;

export type ScannerConfig = { id: string; transport: SerialTransport; framing: Framing };
export type PrinterConfig = {
  id: string;
  transport: TcpTransport | SerialTransport;
  profile: PrinterProfileName;
  /** Between idle looks at the status. Default 3000. */
  poll_ms?: number;
  timings?: Partial<PrinterTimings>;
};

export function createScanner(config: ScannerConfig, clock: Clock = monotonicClock()): Scanner {
  return new SerialScanner({
    id: config.id,
    open: openSerial(config.transport, { clock }),
    framing: config.framing,
    clock,
  });
}

export function createPrinter(config: PrinterConfig, clock: Clock = monotonicClock()): Printer {
  const { id, transport, profile, ...rest } = config;
  const open = transport.kind === 'tcp' ? openTcp(transport) : openSerial(transport, { clock });
  const connection =
    transport.kind === 'tcp'
      ? `tcp ${transport.host}:${transport.port}`
      : `serial ${transport.path} ${transport.baudRate}`;
  return new ReceiptPrinter({ id, open, connection, profile: printerProfiles[profile], clock, ...rest });
}
