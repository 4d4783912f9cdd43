// Every paper of the till by its id: the sale's receipt, and the shop's slips and reports, drawn from what the journal holds.
import type { Configuration } from '../contract/configuration.ts';
import type { Report } from '../contract/report.ts';
import { assert, assertNever } from './domain/assert.ts';
import type { ReceiptHeader } from './domain/receipt/blocks.ts';
import { buildReceipt } from './domain/receipt/build.ts';
import { buildDifferencePaper } from './domain/receipt/difference-paper.ts';
import type { ReceiptDocument } from './domain/receipt/document.ts';
import { buildReportPaper } from './domain/receipt/report-paper.ts';
import { buildCashSlip, buildGiveBackSlip, buildReturnSlip, buildShiftSlip } from './domain/receipt/slips.ts';
import type { CashMove, ClosedShift, Return } from './domain/till/records.ts';
import type { Receipt } from './domain/till/state.ts';
import type { Engine } from './engine/engine.ts';
import { withSaleLoaded } from './engine/living.ts';
import type { Store } from './ports/journal.ts';

type Papers = (receiptId: string) => ReceiptDocument;

export function createPapers(
  configuration: Configuration,
  engine: Pick<Engine, 'state' | 'head'>,
  store: Store,
): Papers {
  const nameOf = (operatorId: string) =>
    configuration.operators.find((one) => one.id === operatorId)?.name ?? operatorId;
  const headerFor = (operatorId: string): ReceiptHeader => ({
    ...configuration.store,
    merchantCode: configuration.terminal.merchantCode,
    terminalCode: configuration.terminal.terminalCode,
    operatorName: nameOf(operatorId),
    shortHash: engine.head.hash.slice(0, 8),
  });

  function saleReceipt(receipt: Receipt): ReceiptDocument {
    const state = withSaleLoaded(store, engine.state, receipt.subject);
    const sale = state.sales[receipt.subject];
    assert(sale, `sale ${receipt.subject} does not exist`);
    const attempts = sale.attemptIds.flatMap((attemptId) => state.attempts[attemptId] ?? []);
    return buildReceipt(headerFor(sale.operatorId), receipt, sale, attempts);
  }

  function bodyOf(documentId: string): unknown {
    const found = store.loadDocument(documentId);
    assert(found, `document ${documentId} does not exist`);
    return found.body;
  }

  function returnSlip({ subject }: Receipt): ReceiptDocument {
    const one = bodyOf(subject) as Return;
    const state = withSaleLoaded(store, engine.state, one.saleId);
    const giveBacks = Object.values(state.giveBacks).filter((each) => each.returnId === one.returnId);
    return buildReturnSlip(headerFor(one.operatorId), one, giveBacks, nameOf);
  }

  function giveBackSlip({ subject, receiptId }: Receipt): ReceiptDocument {
    const one = engine.state.giveBacks[subject] ?? store.loadGiveBack(subject);
    assert(one, `give-back ${subject} does not exist`);
    return buildGiveBackSlip(headerFor(''), one, receiptId);
  }

  function reportPaper({ subject, receiptId, number }: Receipt): ReceiptDocument {
    const found = store.loadDocument(subject);
    assert(found, `report ${subject} does not exist`);
    const paper = { receiptId, number };
    if (found.kind === 'difference') {
      const { differences } = found.body as { differences: string[] };
      return buildDifferencePaper(headerFor(''), paper, differences);
    }
    const report = found.body as Report;
    return buildReportPaper(headerFor(report.operatorId), paper, report, nameOf);
  }

  return (receiptId) => {
    const receipt = engine.state.receipts[receiptId] ?? store.loadReceipt(receiptId);
    assert(receipt, `receipt ${receiptId} does not exist`);
    switch (receipt.kind) {
      case 'sale':
        return saleReceipt(receipt);
      case 'return':
        return returnSlip(receipt);
      case 'giveBack':
        return giveBackSlip(receipt);
      case 'cashMove': {
        const move = bodyOf(receipt.subject) as CashMove;
        return buildCashSlip(headerFor(move.operatorId), move, nameOf);
      }
      case 'shift': {
        const shift = bodyOf(receipt.subject) as ClosedShift;
        return buildShiftSlip(headerFor(shift.operatorId), shift, nameOf);
      }
      case 'x':
      case 'z':
        return reportPaper(receipt);
      default:
        return assertNever(receipt.kind, 'paper');
    }
  };
}
