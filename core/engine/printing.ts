// Receipts to paper: one job at a time, retried when nothing was printed, handed to the cashier when it may have been.
import { assert } from '../domain/assert.ts';
import type { ReceiptDocument } from '../domain/receipt/document.ts';
import type { TillEvent } from '../domain/till/events.ts';
import { isNamedBeforeRestore } from '../domain/till/ids.ts';
import type { OutboxRow, Store } from '../ports/journal.ts';
import type { Printer, PrinterEvent, PrintOutcome } from '../ports/printer.ts';
import type { Clock } from '../ports/clock.ts';
import type { Engine } from './engine.ts';

export type PrintingDependencies = {
  engine: Engine;
  store: Store;
  clock: Clock;
  printer: Printer;
  documentOf(receiptId: string): ReceiptDocument;
  /** Tells of a defect that the till outlives; throws what it can't outlive. */
  outlive(error: unknown): void;
  pump(): void;
};

export type Printing = {
  isFree(): boolean;
  /** The paper at hand waits for its printer: nothing of it is out. */
  isPaused(): boolean;
  print(row: OutboxRow): void;
  onEvent(event: PrinterEvent): void;
};

const RETRY_ms = 3000;

/** What is journaled of an end that ends the row. */
function endOf(outcome: PrintOutcome): Required<Pick<PrintEnded, 'print' | 'problem' | 'proof'>> {
  if (outcome.kind === 'printed') {
    const { evidence } = outcome;
    return { print: evidence === 'sentOnly' ? 'sentUnconfirmed' : 'printed', problem: null, proof: evidence };
  }
  const proof = outcome.printed === 'held' ? 'held' : 'half';
  return { print: 'failed', problem: outcome.problem, proof };
}
type PrintEnded = Extract<TillEvent, { kind: 'printEnded' }>;

/** Journals once why nothing is printed yet. */
function noteNothing({ engine, store }: PrintingDependencies, receiptId: string, problem: string): void {
  const receipt = engine.state.receipts[receiptId] ?? store.loadReceipt(receiptId);
  if (receipt?.proof === 'nothing' && receipt.problem === problem) return;
  engine.post({ kind: 'printEnded', receiptId, print: 'failed', problem, proof: 'nothing' });
}

/**
 * Ends a row whose paper this program can't draw or encode: left open it would end the core at each start. `mayBeOut`: by a run before this
 * one it may have been sent.
 */
function endUndrawn(deps: PrintingDependencies, row: OutboxRow, mayBeOut: boolean, error: unknown): void {
  const { engine, store } = deps;
  deps.outlive(error);
  const { reference: receiptId, rowId } = row;
  const proof = mayBeOut ? 'half' : 'notDrawn';
  engine.post(
    { kind: 'printEnded', receiptId, print: 'failed', problem: 'notDrawn', proof },
    { closeRowId: rowId },
  );
  engine.showNotice('E-PRN-11', 'attention', store.loadReceipt(receiptId)?.number ?? receiptId);
}

function showStatus(
  engine: Engine,
  { printerId, state, detail }: Extract<PrinterEvent, { kind: 'status' }>,
): void {
  engine.updateUi({ printers: { ...engine.ui.printers, [printerId]: { state, detail } } });
}

/** `wasSentBefore`: rows found marked sent at the start: their paper may be out already. */
export function createPrinting(deps: PrintingDependencies, wasSentBefore: ReadonlySet<number>): Printing {
  const { engine } = deps;
  let running: OutboxRow | null = null;
  let isWaiting = false;

  function start(row: OutboxRow): void {
    const mayBeOut = wasSentBefore.has(row.rowId) || isNamedBeforeRestore(row.reference, engine.state);
    const mayBeCopy = mayBeOut && row.count === 0;
    running = row;
    engine.updateUi({ printing: row.reference });
    try {
      deps.printer.print({
        jobId: String(row.rowId),
        document: deps.documentOf(row.reference),
        copy: mayBeCopy ? 'afterCrash' : row.count,
      });
    } catch (error) {
      running = null;
      engine.updateUi({ printing: null });
      endUndrawn(deps, row, mayBeOut, error);
    }
  }

  /** Nothing was printed: the row stays, and is tried again when the printer is ready. */
  function retryLater(row: OutboxRow, problem: string): void {
    noteNothing(deps, row.reference, problem);
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
    engine.post(
      { kind: 'printEnded', receiptId: row.reference, ...endOf(outcome) },
      { closeRowId: row.rowId },
    );
    deps.pump();
  }

  return {
    isFree: () => running === null && !isWaiting,
    isPaused: () => isWaiting,
    print: start,
    onEvent: (event) => {
      if (event.kind === 'finished') return finish(event);
      if (event.kind === 'status') showStatus(engine, event);
    },
  };
}
