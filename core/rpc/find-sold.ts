// Which sold sale does a receipt name, or a number off it, or the number of a payment? And is it a receipt of this till at all?
import type { ErrorCode } from '../../contract/errors.ts';
import { heldText, isMeant } from '../domain/evidence/asked.ts';
import { isTagOf, type PaperCode, readPaperCode } from '../domain/receipt/paper-code.ts';
import type { Sale } from '../domain/sale/sale.ts';
import { isNamedBeforeRestore } from '../domain/till/ids.ts';
import type { Receipt } from '../domain/till/state.ts';
import type { CommandDependencies } from './command-types.ts';

/** `isUnsure`: nothing says that the receipt is of this till; another one has a receipt of the same number. */
export type Sold = { sale: Sale; isUnsure: boolean };

type Finding = Pick<CommandDependencies, 'engine' | 'store'>;

/** Half a second to look through, or two months of a busy till. */
const SEARCHED_records = 500_000;

/** Our number of a payment, or the acquirer's; null where payments of several sales may be meant, or its sale was never sold. */
function saleOfPayment({ store }: Finding, text: string): Sale | null {
  const meant = store.attemptsNaming(heldText(text)).filter((attempt) => isMeant(attempt, text));
  const [saleId, ...others] = new Set(meant.map((attempt) => attempt.saleId));
  const sale = saleId === undefined || others.length > 0 ? null : store.loadSale(saleId);
  return sale?.receiptNumber ? sale : null;
}

/**
 * Of a QR without a tag. It holds the head of the journal it came from; one printed in the time that a restore has lost, or longer ago than
 * is looked through, is not told from a stranger's.
 */
function originOfHead({ engine, store }: Finding, head: string, { receiptId }: Receipt): Origin {
  if (!/^[0-9a-f]{8}$/.test(head)) return 'another';
  if (store.hasHash(head, SEARCHED_records)) return 'ours';
  const isLost = isNamedBeforeRestore(receiptId, engine.state);
  return isLost || engine.head.sequence > SEARCHED_records ? 'unsaid' : 'another';
}

/** Which till gave the paper its id, by what it says. */
type Origin = 'ours' | 'another' | 'unsaid';

function originOf(deps: Finding, paper: PaperCode, receipt: Receipt | null): Origin {
  const { tag } = paper;
  if (tag !== null && !isTagOf(paper, deps.store.paperTag(paper.receiptId))) return 'another';
  if (paper.kind === 'barcode') return tag === null ? 'unsaid' : 'ours';
  if (receipt === null) return 'unsaid';
  if (paper.number !== receipt.number) return 'another';
  return tag === null ? originOfHead(deps, paper.head, receipt) : 'ours';
}

function soldOnPaper(deps: Finding, paper: PaperCode): Sold | ErrorCode {
  const { store } = deps;
  const receipt = store.loadReceipt(paper.receiptId);
  const origin = originOf(deps, paper, receipt);
  if (origin === 'another') return 'E-RET-08';
  const saleId = receipt?.saleId ?? null;
  const sale = saleId === null ? null : store.loadSale(saleId);
  return sale === null ? 'E-RET-01' : { sale, isUnsure: origin === 'unsaid' };
}

/** By the printed number (eight digits; more after ten restores, ADR 0012), by what its barcode or QR holds, or by the number of a payment of it. */
export function findSold(deps: Finding, asked: string): Sold | ErrorCode {
  const text = asked.trim();
  const paper = readPaperCode(text);
  if (paper !== null) return soldOnPaper(deps, paper);
  const ofReceipt = /^\d{1,10}$/.test(text) ? deps.store.saleByReceiptNumber(text.padStart(8, '0')) : null;
  if (ofReceipt !== null) return { sale: ofReceipt, isUnsure: true };
  // So few digits are a receipt number mistyped: the payment that happens to end with them is another customer's.
  const ofPayment = /^\d{1,8}$/.test(text) ? null : saleOfPayment(deps, text);
  return ofPayment === null ? 'E-RET-01' : { sale: ofPayment, isUnsure: false };
}

/** Finds the sale and shows it. `isListed`: taken from this till's own list of sales, so it is the right one. Null, or why not. */
export function showSold(deps: Finding, text: string, isListed = false): ErrorCode | null {
  const found = findSold(deps, text);
  if (typeof found === 'string') return found;
  const { sale, isUnsure } = found;
  deps.engine.updateUi({ foundSale: { saleId: sale.saleId, isUnsure: isUnsure && !isListed } });
  return null;
}
