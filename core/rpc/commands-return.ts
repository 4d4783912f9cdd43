// Commands of returns, give-backs and exceptions.
import type { ErrorCode } from '../../contract/errors.ts';
import { heldText, isMeant } from '../domain/evidence/asked.ts';
import { receiptIdIn } from '../domain/scan/router.ts';
import type { Sale } from '../domain/sale/sale.ts';
import type { Ask, CommandDependencies, Handlers } from './command-types.ts';
import { openGiveBackViews } from './view-give-backs.ts';
import { foundView } from './view-found.ts';
import { lastReturnMoney, returnPreview } from './view-return.ts';
import { soldView } from './view-sold.ts';

type ReturnCommand =
  | 'sale.find'
  | 'sale.forget'
  | 'sales.browse'
  | 'return.preview'
  | 'return.open'
  | 'giveBack.payCash'
  | 'giveBack.retry'
  | 'giveBack.seeLoss'
  | 'giveBack.confirmBack'
  | 'giveBacks.list'
  | 'exception.collect'
  | 'exception.writeOff';

/** Our number of a payment, or the acquirer's; null where payments of several sales may be meant, or its sale was never sold. */
function saleOfPayment({ store }: Finding, text: string): Sale | null {
  const meant = store.attemptsNaming(heldText(text)).filter((attempt) => isMeant(attempt, text));
  const [saleId, ...others] = new Set(meant.map((attempt) => attempt.saleId));
  const sale = saleId === undefined || others.length > 0 ? null : store.loadSale(saleId);
  return sale?.receiptNumber ? sale : null;
}

type Finding = Pick<CommandDependencies, 'store'>;

/** By the printed number (eight digits; more after ten restores, ADR 0012), by what its barcode or QR holds, or by the number of a payment of it. */
export function soldSale(deps: Finding, asked: string): Sale | null {
  const { store } = deps;
  const text = asked.trim();
  const receiptId = receiptIdIn(text);
  if (receiptId !== null) {
    const saleId = store.loadReceipt(receiptId)?.saleId ?? null;
    return saleId === null ? null : store.loadSale(saleId);
  }
  const ofReceipt = /^\d{1,10}$/.test(text) ? store.saleByReceiptNumber(text.padStart(8, '0')) : null;
  if (ofReceipt !== null) return ofReceipt;
  // So few digits are a receipt number mistyped: the payment that happens to end with them is another customer's.
  return /^\d{1,8}$/.test(text) ? null : saleOfPayment(deps, text);
}

export function returnHandlers(deps: CommandDependencies, ask: Ask): Pick<Handlers, ReturnCommand> {
  const { engine, store } = deps;
  return {
    'sale.find': ({ text }) => {
      const sale = soldSale(deps, text);
      if (sale === null) return { ok: false, code: 'E-RET-01', detail: text };
      engine.updateUi({ foundSaleId: sale.saleId });
      return { ok: true, result: foundView(engine, store, sale.saleId) };
    },
    'sale.forget': () => {
      engine.updateUi({ foundSaleId: null });
      return { ok: true, result: null };
    },
    'sales.browse': (query) => ({ ok: true, result: soldView(engine, store, query) }),
    'return.preview': (asked, who) => ({
      ok: true,
      result: returnPreview(engine, store, { ...asked, ...who }),
    }),
    'return.open': ({ saleId, lines, reason }, who) => {
      const opened = ask({ kind: 'returnOpened', saleId, lines, reason, ...who });
      if (!opened.ok) return opened;
      engine.updateUi({ foundSaleId: saleId });
      return { ok: true, result: lastReturnMoney(engine, store) };
    },
    'giveBack.payCash': ({ giveBackId, reason }, who) =>
      ask({ kind: 'giveBackPaid', giveBackId, reason, ...who }),
    'giveBack.retry': ({ giveBackId, reason }, who) =>
      ask({ kind: 'giveBackRetried', giveBackId, reason, ...who }),
    'giveBack.seeLoss': ({ giveBackId, reason }, who) =>
      ask({ kind: 'giveBackLossSeen', giveBackId, reason, ...who }),
    'giveBack.confirmBack': ({ giveBackId, reason }, who) =>
      ask({ kind: 'giveBackChecked', giveBackId, reason, ...who }),
    'giveBacks.list': () => ({ ok: true, result: openGiveBackViews(engine, store) }),
    'exception.collect': ({ attemptId }) => ask({ kind: 'collectStarted', attemptId }),
    'exception.writeOff': ({ attemptId, reason }, who) =>
      ask({ kind: 'writtenOff', attemptId, reason, ...who }),
  };
}

/** A receipt scanned: its sale is shown, unless goods or a payment are on the counter. */
export function findScanned(
  deps: Pick<CommandDependencies, 'engine' | 'store'>,
  receiptId: string,
): ErrorCode | null {
  const { engine, store } = deps;
  const saleId = store.loadReceipt(receiptId)?.saleId ?? null;
  if (saleId === null) return 'E-RET-01';
  engine.updateUi({ foundSaleId: saleId });
  return null;
}
