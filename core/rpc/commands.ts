// What each command does. Parameters are already checked; roles are already enforced.
import type { CashTaken, GoodsFound } from '../../contract/commands.ts';
import type { ErrorCode } from '../../contract/errors.ts';
import { newestCash } from '../domain/sale/sale.ts';
import { maskDigits } from '../domain/scan/router.ts';
import type { TillEvent } from '../domain/till/events.ts';
import type { Engine } from '../engine/engine.ts';
import type { Catalogue } from '../ports/catalogue.ts';
import type { CommandDependencies, CommandResult, Handlers } from './command-types.ts';
import { codeHandlers } from './commands-code.ts';
import { dayHandlers } from './commands-day.ts';
import { diagnosticsHandlers } from './commands-diagnostics.ts';
import { evidenceHandlers } from './commands-evidence.ts';
import { listHandlers } from './commands-lists.ts';
import { reconciliationHandlers } from './commands-reconciliation.ts';
import { returnHandlers } from './commands-return.ts';
import { wantedPaper } from './managers-papers.ts';

export const done: CommandResult = { ok: true, result: null };

function goodsFound(catalogue: Catalogue, text: string): GoodsFound[] {
  return catalogue.search(text).map(({ barcode, name_zh, name_en, unit, price_fen }) => ({
    barcode,
    name_zh,
    name_en,
    unit,
    price_fen,
  }));
}

function dismissed(engine: Engine): CommandResult {
  engine.updateUi({ notice: null });
  return done;
}

/** Read in one go, within a second or two. More of it, and the kiosk would take the core for stuck and kill it, with a payment on its way. */
const VERIFIED_limit = 20_000;

function verified({ engine, verifyJournal }: CommandDependencies): CommandResult {
  const { sequence } = engine.head;
  if (sequence <= VERIFIED_limit) return { ok: true, result: verifyJournal() };
  const detail = `${sequence} records: \`yima journal verify\` reads them beside the till, and so does the examination`;
  return { ok: false, code: 'E-SALE-02', detail };
}

export function createHandlers(deps: CommandDependencies): Handlers {
  const { engine } = deps;
  const ask = (event: TillEvent): CommandResult => {
    const refusal = engine.ask(event);
    return refusal === null ? done : { ok: false, code: refusal, detail: '' };
  };
  return {
    ...dayHandlers(deps, ask),
    ...returnHandlers(deps, ask),
    ...evidenceHandlers(deps, ask),
    ...codeHandlers(deps, ask),
    ...reconciliationHandlers(deps, ask),
    ...diagnosticsHandlers(deps),
    'till.setLanguage': ({ language }) => ask({ kind: 'languageSet', language }),
    'goods.enter': ({ barcode }) => {
      const refusal = deps.enterGoods(barcode);
      return refusal === null ? done : { ok: false, code: refusal as ErrorCode, detail: maskDigits(barcode) };
    },
    'goods.search': ({ text }) => ({ ok: true, result: goodsFound(deps.catalogue, text) }),
    'line.setQuantity': ({ lineId, quantity }) => ask({ kind: 'quantitySet', lineId, quantity }),
    'line.remove': ({ lineId }) => ask({ kind: 'lineRemoved', lineId }),
    'sale.tender': () => ask({ kind: 'tenderStarted' }),
    'sale.backToGoods': () => ask({ kind: 'backToGoods' }),
    'sale.cancel': () => ask({ kind: 'saleCancelled' }),
    'sale.next': () => ask({ kind: 'saleLeft' }),
    'sale.park': () => ask({ kind: 'saleParked' }),
    'sale.recall': ({ saleId }) => ask({ kind: 'saleRecalled', saleId }),
    'tender.walletPart': ({ amount_fen }) => ask({ kind: 'walletPartSet', amount_fen }),
    'tender.cash': ({ received_fen, roundDown }) => {
      const saleId = engine.state.currentSaleId ?? '';
      const taken = ask({ kind: 'cashTaken', received_fen, roundDown });
      const cash = newestCash(engine.state.sales[saleId] ?? { cash: null });
      if (!taken.ok || cash === null) return taken;
      const result: CashTaken = { change_fen: cash.change_fen, rounding_fen: cash.rounding_fen };
      return { ok: true, result };
    },
    'notice.dismiss': () => dismissed(engine),
    'receipt.reprint': ({ receiptId }, { approverId }) => {
      const wanted = wantedPaper(deps, receiptId);
      if (wanted === null) return { ok: false, code: 'E-SALE-02', detail: 'no receipt yet' };
      return ask({ kind: 'reprintAsked', receiptId: wanted, operatorId: approverId });
    },
    ...listHandlers(deps),
    'journal.verify': () => verified(deps),
  };
}
