// From plain configuration values to scanners and printers.
import type { LinkOpener } from '../core/ports/byte-link.ts';
import type { Clock } from '../core/ports/clock.ts';
import type { Printer } from '../core/ports/printer.ts';
import type { Scanner } from '../core/ports/scanner.ts';
import { printerProfiles } from './printer/profile.ts';
import type { PrinterProfileName } from './printer/profile.ts';
import { ReceiptPrinter } from './printer/receipt-printer.ts';
import type { PrinterTimings } from './printer/timings.ts';
import type { Framing } from './scanner/framing.ts';
import { createHidScanner } from './scanner/hid-scanner.ts';
import type { HidTarget } from './scanner/hid-target.ts';
import { createSerialScanner } from './scanner/serial-scanner.ts';
import { hidApi } from './transport/hid-api.ts';
import { monotonicClock } from './transport/monotonic-clock.ts';
import { watchPresence } from './transport/presence.ts';
import { openSerial } from './transport/serial.ts';
import type { SerialOptions } from './transport/serial.ts';
import { openTcp } from './transport/tcp.ts';
import type { TcpOptions } from './transport/tcp.ts';
import { serialIdentity } from './transport/usb-device.ts';
import { openUsbLp } from './transport/usb-lp.ts';
import type { UsbOptions } from './transport/usb-lp.ts';

type SerialTransport = { kind: 'serial' } & SerialOptions;
type TcpTransport = { kind: 'tcp' } & TcpOptions;
type UsbTransport = { kind: 'usb' } & UsbOptions;
type PrinterTransport = TcpTransport | SerialTransport | UsbTransport;

type HidTransport = { kind: 'hid' } & HidTarget;

/** `framing` is of serial scanners only. */
export type ScannerConfig = { id: string; transport: SerialTransport | HidTransport; framing: Framing };
export type PrinterConfig = {
  id: string;
  transport: PrinterTransport;
  profile: PrinterProfileName;
  /** Between idle looks at the status. Default 3000. */
  poll_ms?: number;
  timings?: Partial<PrinterTimings>;
};

export function createScanner(config: ScannerConfig, clock: Clock = monotonicClock()): Scanner {
  const { id, transport, framing } = config;
  if (transport.kind === 'hid') {
    return createHidScanner({ id, target: transport, api: hidApi({ clock }), clock });
  }
  return createSerialScanner({
    id,
    connection: `serial ${transport.path} ${transport.baudRate}`,
    open: openSerial(transport, { clock }),
    identify: () => serialIdentity(transport.path),
    framing,
    clock,
  });
}

function openPrinter(transport: PrinterTransport, clock: Clock): LinkOpener {
  switch (transport.kind) {
    case 'tcp':
      return openTcp(transport);
    case 'serial':
      return openSerial(transport, { clock });
    case 'usb':
      return openUsbLp(transport, { clock });
  }
}

/** As a technician reads it in the report. */
function connectionOf(transport: PrinterTransport): string {
  switch (transport.kind) {
    case 'tcp':
      return `tcp ${transport.host}:${transport.port}`;
    case 'serial':
      return `serial ${transport.path} ${transport.baudRate}`;
    case 'usb':
      return `usb ${transport.path}`;
  }
}

export function createPrinter(config: PrinterConfig, clock: Clock = monotonicClock()): Printer {
  const { id, transport, profile, ...rest } = config;
  return new ReceiptPrinter({
    id,
    connection: connectionOf(transport),
    open: openPrinter(transport, clock),
    profile: printerProfiles[profile],
    clock,
    ...(transport.kind === 'tcp' ? {} : { presence: watchPresence(transport.path, clock) }),
    ...rest,
  });
}
