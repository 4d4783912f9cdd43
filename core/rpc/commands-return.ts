// Commands of returns, give-backs and exceptions.
import type { Ask, CommandDependencies, Handlers } from './command-types.ts';
import { showSold } from './find-sold.ts';
import { openGiveBackViews } from './view-give-backs.ts';
import { foundSaleView } from './view-found.ts';
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

export function returnHandlers(deps: CommandDependencies, ask: Ask): Pick<Handlers, ReturnCommand> {
  const { engine, store } = deps;
  return {
    'sale.find': ({ text, isListed }) => {
      const refusal = showSold(deps, text, isListed);
      if (refusal !== null) return { ok: false, code: refusal, detail: text };
      return { ok: true, result: foundSaleView(engine, store, deps.terminalCode) };
    },
    'sale.forget': () => {
      engine.updateUi({ foundSale: null });
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
      engine.updateUi({ foundSale: { saleId, isUnsure: false } });
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
    'exception.writeOff': ({ attemptId, missing_fen, reason }, who) =>
      ask({ kind: 'writtenOff', attemptId, missing_fen, reason, ...who }),
  };
}
