// The customer's screen beside the cashier's: a code and its words are those of the cashier's screen, what is due is the same, and a sale is
// called paid only where the cashier is told so.
import type { DisplayView } from '../../../contract/display.ts';
import type { SaleView, Snapshot } from '../../../contract/snapshot.ts';
import { holds } from './failure.ts';

type Show = DisplayView['show'];

const paidStates: ReadonlySet<string> = new Set(['approved', 'settled', 'voiding', 'voided']);

/** The newest payment's code, in a sale that is being paid. */
function codeAgrees(show: Show, sale: SaleView | null): boolean {
  const last = sale?.payments.at(-1);
  const code = last?.code ?? null;
  if (show.kind !== 'code') return code === null;
  if (last === undefined || code === null) return false;
  const { content, endsAt_ms, isScanned, amount_fen, scheme } = show;
  const isSame = content === code.content && endsAt_ms === code.endsAt_ms && isScanned === code.isScanned;
  return isSame && amount_fen === last.amount_fen && scheme === last.scheme;
}

/** Goods that are paid for again by a wallet are a sale of long ago; else the screen says how the sale ended. */
function endAgrees(show: Show, sale: SaleView | null, rounding_fen: number): boolean {
  if (show.kind !== 'paid' && show.kind !== 'pending') return true;
  if (sale === null) return false;
  if (sale.state !== (show.kind === 'paid' ? 'completed' : 'completedPending')) return false;
  const isWhole = show.amount_fen === sale.total_fen - rounding_fen;
  const isCollected = sale.payments.some(
    ({ state, deferred, amount_fen }) => show.amount_fen <= amount_fen && (paidStates.has(state) || deferred),
  );
  return isWhole || isCollected;
}

function sumsAgree(show: Show, sale: SaleView | null): boolean {
  if (show.kind !== 'sale') return true;
  if (sale === null) return false;
  const { itemCount, total_fen, due_fen } = show;
  const isSame = itemCount === sale.itemCount && total_fen === sale.total_fen;
  return isSame && due_fen === Math.max(0, sale.due_fen);
}

/** `rounding_fen`: of all cash of the sale on the counter; the cashier's screen has that of the newest alone. */
export function agrees({ show }: DisplayView, { sale }: Snapshot, rounding_fen: number): void {
  const words = () => `the customer sees ${JSON.stringify(show)}, the cashier ${sale?.saleId} ${sale?.state}`;
  holds('screensAgree', codeAgrees(show, sale), words);
  holds('screensAgree', endAgrees(show, sale, rounding_fen), words);
  holds('screensAgree', sumsAgree(show, sale), words);
}
