// What the screen shows besides the journal: notices, devices, latency. Gone at a restart, never in the way of a commit.
import type { PrinterEvent } from '../ports/printer.ts';
import type { Fault } from '../ports/fault.ts';

/** `code` is one of contract/errors.ts; the engine itself may not import the contract. */
export type Notice = {
  id: number;
  code: string;
  tone: 'good' | 'bad' | 'attention';
  detail: string;
  at_ms: number;
};

export type PrinterStateNow = Extract<PrinterEvent, { kind: 'status' }>['state'] | 'starting';

export type Ui = {
  notice: Notice | null;
  scanners: Record<string, { state: 'ready' | 'down' | 'starting'; fault: Fault | null }>;
  printers: Record<string, { state: PrinterStateNow; detail: string }>;
  latency_ms: Record<string, number | null>;
  /** The receipt being printed now. */
  printing: string | null;
  /** The sold sale whose receipt was scanned or asked for. `isUnsure`: nothing says that the receipt is of this till. */
  foundSale: { saleId: string; isUnsure: boolean } | null;
  /** The payments that a customer may mean who says that he has paid. `asked`: as it may stand on a screen. */
  askedPayments: { asked: string; attemptIds: readonly string[]; hasMore: boolean } | null;
};

export const emptyUi: Ui = {
  notice: null,
  scanners: {},
  printers: {},
  latency_ms: {},
  printing: null,
  foundSale: null,
  askedPayments: null,
};
