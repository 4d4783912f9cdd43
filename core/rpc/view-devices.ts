// Printers, scanners and the last paper as the screen shows them.
import type { ErrorCode } from '../../contract/errors.ts';
import type { DeviceView, PrintView } from '../../contract/snapshot.ts';
import { currentSale } from '../domain/till/queries.ts';
import type { TillState } from '../domain/till/state.ts';
import type { Engine } from '../engine/engine.ts';
import type { PrinterStateNow } from '../engine/ui.ts';
import type { Store } from '../ports/journal.ts';

const printerReasons: Readonly<Record<PrinterStateNow, ErrorCode | null>> = {
  starting: null,
  ready: null,
  paperLow: null,
  paperOut: 'E-PRN-01',
  coverOpen: 'E-PRN-02',
  cutter: 'E-PRN-03',
  unreachable: 'E-PRN-04',
  connectionLost: 'E-PRN-05',
  garbage: 'E-PRN-06',
};

export function printerViews(engine: Engine): DeviceView[] {
  return Object.entries(engine.ui.printers).map(([id, now]) => {
    const reason = printerReasons[now.state];
    const state =
      now.state === 'starting'
        ? 'starting'
        : reason !== null
          ? 'down'
          : now.state === 'ready'
            ? 'ready'
            : 'attention';
    return { id, state, reason, detail: now.detail };
  });
}

export function scannerViews(engine: Engine): DeviceView[] {
  return Object.entries(engine.ui.scanners).map(([id, now]) => ({
    id,
    state: now.state,
    reason: now.state === 'down' ? 'E-SCAN-09' : null,
    detail: now.fault?.detail ?? '',
  }));
}

const printProblems: Readonly<Record<string, ErrorCode>> = {
  paperOut: 'E-PRN-01',
  coverOpen: 'E-PRN-02',
  cutter: 'E-PRN-03',
  unreachable: 'E-PRN-04',
  connectionLost: 'E-PRN-04',
  garbage: 'E-PRN-06',
  notDrawn: 'E-PRN-11',
};

/** What the end of a print means for the paper, or null when there is nothing to do. */
function printReason(proof: PrintView['proof'], cause: ErrorCode | null): ErrorCode | null {
  switch (proof) {
    case 'half':
      return 'E-PRN-05';
    case 'held':
      return 'E-PRN-08';
    case 'sentOnly':
      return 'E-PRN-07';
    case 'nothing':
    case 'notDrawn':
      return cause;
    case 'processId':
    case 'orderedStatus':
    case null:
      return null;
  }
}

/** Of the sale on the counter, else of the one before it there. */
function receiptOnCounter(state: TillState): string | null {
  return currentSale(state)?.receiptId ?? state.lastReceiptId;
}

/** The same, but where a sale that was found is on the screen, which goods or a payment of the counter's would hide. */
export function receiptAtHand({ state, ui }: Pick<Engine, 'state' | 'ui'>, store: Pick<Store, 'loadSale'>) {
  const { foundSale } = ui;
  const sale = currentSale(state);
  if (foundSale === null || (sale !== null && sale.state !== 'open')) return receiptOnCounter(state);
  const { saleId } = foundSale;
  return (state.sales[saleId] ?? store.loadSale(saleId))?.receiptId ?? null;
}

export function printView(engine: Engine): PrintView {
  const receiptId = receiptOnCounter(engine.state);
  const receipt = receiptId === null ? undefined : engine.state.receipts[receiptId];
  const nothing = { reason: null, cause: null, proof: null };
  if (!receipt) return { state: 'none', ...nothing, receiptId: null };
  if (receipt.print === 'pending') return { state: 'printing', ...nothing, receiptId };
  const { print, problem, proof } = receipt;
  const cause = printProblems[problem ?? ''] ?? null;
  return { state: print, reason: printReason(proof, cause), cause, proof, receiptId };
}
