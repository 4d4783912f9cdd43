// Receipts to paper: one job at a time, retried when nothing was printed, handed to the cashier when it may have been.
import { assert } from '../domain/assert.ts';
import type { ReceiptDocument } from '../domain/receipt/document.ts';
import type { OutboxRow, Store } from '../ports/journal.ts';
import type { Printer, PrinterEvent } from '../ports/printer.ts';
import type { Clock } from '../ports/clock.ts';
import type { Engine } from './engine.ts';

export type PrintingDependencies = {
  engine: Engine;
  store: Store;
  clock: Clock;
  printer: Printer;
  documentOf(receiptId: string): ReceiptDocument;
  pump(): void;
};

export type Printing = {
  isFree(): boolean;
  print(row: OutboxRow): void;
  openDrawer(row: OutboxRow): void;
  onEvent(event: PrinterEvent): void;
};

const RETRY_ms = 3000;

/** `wasSentBefore`: rows found marked sent at the start: their paper may be out already. */
export function createPrinting(deps: PrintingDependencies, wasSentBefore: ReadonlySet<number>): Printing {
  const { engine } = deps;
  let running: OutboxRow | null = null;
  let isWaiting = false;

  function start(row: OutboxRow): void {
    running = row;
    const mayBeCopy = wasSentBefore.has(row.rowId) && row.count === 0;
    engine.updateUi({ printing: row.reference });
    deps.printer.print({
      jobId: String(row.rowId),
      document: deps.documentOf(row.reference),
      copy: mayBeCopy ? 'afterCrash' : row.count,
    });
  }

  /** Nothing was printed: the row stays, and is tried again when the printer is ready. */
  function retryLater(row: OutboxRow, problem: string): void {
    const receipt = engine.state.receipts[row.reference];
    if (receipt?.print !== 'failed' || receipt.problem !== problem) {
      engine.post({ kind: 'printEnded', receiptId: row.reference, print: 'failed', problem });
    }
    isWaiting = true;
    deps.clock.after(RETRY_ms, () => {
      isWaiting = false;
      start(row);
    });
  }

  function finish(event: Extract<PrinterEvent, { kind: 'finished' }>): void {
    const row = running;
    assert(
      row !== null && String(row.rowId) === event.jobId,
      `print job ${event.jobId} ended but was not running`,
    );
    const { outcome } = event;
    engine.updateUi({ printing: null });
    if (outcome.kind === 'failed' && outcome.printed === 'nothing') return retryLater(row, outcome.problem);
    running = null;
    const print =
      outcome.kind === 'failed' ? 'failed' : outcome.evidence === 'sentOnly' ? 'sentUnconfirmed' : 'printed';
    const problem = outcome.kind === 'failed' ? 'lostInMidReceipt' : null;
    engine.post({ kind: 'printEnded', receiptId: row.reference, print, problem }, { closeRowId: row.rowId });
    deps.pump();
  }

  /** One pulse, one row, closed by whatever came of it: it is never sent again. */
  function drawerEnded(event: Extract<PrinterEvent, { kind: 'drawer' }>): void {
    const row = deps.store.openRows().find((one) => String(one.rowId) === event.jobId);
    if (row === undefined) return;
    const { outcome } = event;
    engine.post(
      {
        kind: 'drawerEnded',
        openId: row.reference,
        outcome: outcome.kind === 'sent' ? 'opened' : outcome.kind,
        detail: outcome.kind === 'sent' ? '' : outcome.detail,
      },
      { closeRowId: row.rowId },
    );
  }

  return {
    openDrawer: (row) => deps.printer.pulseDrawer(String(row.rowId)),
    isFree: () => running === null && !isWaiting,
    print: start,
    onEvent: (event) => {
      if (event.kind === 'finished') return finish(event);
      if (event.kind === 'drawer') return drawerEnded(event);
      const printers = {
        ...engine.ui.printers,
        [event.printerId]: { state: event.state, detail: event.detail },
      };
      engine.updateUi({ printers });
    },
  };
}
