// Every paper of the till by its id: the sale's receipt, and the shop's slips and reports, drawn from what the journal holds.
import type { Configuration } from '../contract/configuration.ts';
import type { EvidenceGiven } from '../contract/evidence.ts';
import type { Report } from '../contract/report.ts';
import { assert, assertNever } from './domain/assert.ts';
import type { ReceiptHeader } from './domain/receipt/blocks.ts';
import { buildReceipt } from './domain/receipt/build.ts';
import { buildCodePaper } from './domain/receipt/code-paper.ts';
import { buildDifferencePaper } from './domain/receipt/difference-paper.ts';
import type { ReceiptDocument } from './domain/receipt/document.ts';
import { buildEvidenceSlip } from './domain/receipt/evidence-slip.ts';
import { buildReconciliationPaper } from './domain/receipt/reconciliation-paper.ts';
import { buildReportPaper } from './domain/receipt/report-paper.ts';
import type { ReturnedSale } from './domain/receipt/return-money.ts';
import { buildCashSlip, buildGiveBackSlip, buildReturnSlip, buildShiftSlip } from './domain/receipt/slips.ts';
import type { TillDocument } from './domain/till/documents.ts';
import type { CashMove, ClosedShift, CodePrinted, Return } from './domain/till/records.ts';
import type { Attempt, Receipt } from './domain/till/state.ts';
import type { Engine } from './engine/engine.ts';
import { withSaleLoaded } from './engine/living.ts';
import { payeeOf } from './payee.ts';
import type { Store } from './ports/journal.ts';
import { reconciliationFound } from './rpc/view-reconciliation.ts';

class Papers {
  readonly #configuration: Configuration;
  readonly #engine: Pick<Engine, 'state' | 'head'>;
  readonly #store: Store;

  constructor(configuration: Configuration, engine: Pick<Engine, 'state' | 'head'>, store: Store) {
    this.#configuration = configuration;
    this.#engine = engine;
    this.#store = store;
  }

  draw(receiptId: string): ReceiptDocument {
    const receipt = this.#engine.state.receipts[receiptId] ?? this.#store.loadReceipt(receiptId);
    assert(receipt, `receipt ${receiptId} does not exist`);
    switch (receipt.kind) {
      case 'sale':
        return this.#saleReceipt(receipt);
      case 'return':
        return this.#returnSlip(receipt);
      case 'giveBack':
        return this.#giveBackSlip(receipt);
      case 'cashMove': {
        const move = this.#document(receipt).body as CashMove;
        return buildCashSlip(this.#headerFor(move.operatorId), move, this.#nameOf);
      }
      case 'shift': {
        const shift = this.#document(receipt).body as ClosedShift;
        return buildShiftSlip(this.#headerFor(shift.operatorId), shift, this.#nameOf);
      }
      case 'evidence':
        return this.#evidenceSlip(this.#document(receipt).body as EvidenceGiven);
      case 'code': {
        const printed = this.#document(receipt).body as CodePrinted;
        return buildCodePaper(this.#headerFor(printed.operatorId), printed);
      }
      case 'reconciliation': {
        const found = reconciliationFound(this.#store, this.#engine.state, receipt.subject);
        assert(found, `compared bill ${receipt.subject} does not exist`);
        const header = this.#headerFor(found.taken.operatorId);
        return buildReconciliationPaper(header, found, this.#nameOf);
      }
      case 'x':
      case 'z':
        return this.#reportPaper(receipt);
      default:
        return assertNever(receipt.kind, 'paper');
    }
  }

  readonly #nameOf = (operatorId: string): string =>
    this.#configuration.operators.find((one) => one.id === operatorId)?.name ?? operatorId;

  #attempt(attemptId: string): Attempt {
    const attempt = this.#engine.state.attempts[attemptId] ?? this.#store.loadAttempt(attemptId);
    assert(attempt, `payment ${attemptId} does not exist`);
    return attempt;
  }

  readonly #voucherOf = (attemptId: string): string | null => {
    const { state } = this.#attempt(attemptId).machine;
    return state.kind === 'approved' ? state.proof.acquirerOrderId : null;
  };

  #headerFor(operatorId: string): ReceiptHeader {
    const { store, terminal } = this.#configuration;
    return {
      ...store,
      payeeOf: (attemptId) => payeeOf(this.#configuration, this.#attempt(attemptId)),
      terminalCode: terminal.terminalCode,
      operatorName: this.#nameOf(operatorId),
      shortHash: this.#engine.head.hash.slice(0, 8),
      tagOf: (paperId) => this.#store.paperTag(paperId),
    };
  }

  #document({ subject }: Receipt): TillDocument {
    const found = this.#store.loadDocument(subject);
    assert(found, `document ${subject} does not exist`);
    return found;
  }

  #wholeSale(saleId: string): ReturnedSale {
    const state = withSaleLoaded(this.#store, this.#engine.state, saleId);
    const sale = state.sales[saleId];
    assert(sale, `sale ${saleId} does not exist`);
    const attempts = sale.attemptIds.flatMap((attemptId) => state.attempts[attemptId] ?? []);
    const giveBacks = Object.values(state.giveBacks).filter((each) => each.saleId === saleId);
    return { sale, attempts, giveBacks };
  }

  #saleReceipt(receipt: Receipt): ReceiptDocument {
    const { sale, attempts, giveBacks } = this.#wholeSale(receipt.subject);
    return buildReceipt(this.#headerFor(sale.operatorId), receipt, sale, attempts, giveBacks);
  }

  #evidenceSlip(given: EvidenceGiven): ReceiptDocument {
    return buildEvidenceSlip(this.#headerFor(given.operatorId), given, this.#nameOf);
  }

  #returnSlip(receipt: Receipt): ReceiptDocument {
    const one = this.#document(receipt).body as Return;
    const header = this.#headerFor(one.operatorId);
    return buildReturnSlip(header, one, this.#wholeSale(one.saleId), this.#nameOf, this.#voucherOf);
  }

  #giveBackSlip({ subject, receiptId }: Receipt): ReceiptDocument {
    const one = this.#engine.state.giveBacks[subject] ?? this.#store.loadGiveBack(subject);
    assert(one, `give-back ${subject} does not exist`);
    return buildGiveBackSlip(this.#headerFor(''), one, receiptId, this.#voucherOf);
  }

  #reportPaper(receipt: Receipt): ReceiptDocument {
    const { receiptId, number } = receipt;
    const found = this.#document(receipt);
    if (found.kind === 'difference') {
      const { differences } = found.body as { differences: string[] };
      return buildDifferencePaper(this.#headerFor(''), { receiptId, number }, differences);
    }
    const report = found.body as Report;
    return buildReportPaper(this.#headerFor(report.operatorId), { receiptId, number }, report, this.#nameOf);
  }
}

export function createPapers(
  configuration: Configuration,
  engine: Pick<Engine, 'state' | 'head'>,
  store: Store,
): (receiptId: string) => ReceiptDocument {
  const papers = new Papers(configuration, engine, store);
  return (receiptId) => papers.draw(receiptId);
}
