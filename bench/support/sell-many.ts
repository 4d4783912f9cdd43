// Customers of a folded till, from a seed: one or two kinds of goods, half of them paid in cash, by four cashiers over a day.
import type { Goods } from '../../core/domain/sale/sale.ts';
import { generator } from '../../fixtures/codes.ts';
import { proof } from '../../fixtures/databases/till.ts';
import { ROUTE } from './bench-till.ts';
import type { FoldedTill } from './folded-till.ts';

/** One sold sale, as a database of sales would hold it. */
export type SaleRow = {
  period: number;
  tender: string;
  wallet: string;
  cashier: string;
  hour: number;
  items: number;
  amount_fen: number;
};

const cashiers = ['lin', 'wang', 'zhao', 'sun'];
const wallets = ['WECHAT', 'ALIPAY', 'UNIONPAY', 'ECNY'];
const goods: readonly Goods[] = Array.from({ length: 40 }, (_, index) => ({
  barcode: `69000000000${String(index).padStart(2, '0')}`,
  name_zh: `商品 ${index}`,
  name_en: `Goods ${index}`,
  unit: '件',
  price_fen: 100 + index * 37,
  tax_bp: index % 3 === 0 ? 900 : 1300,
}));
const HOUR_ms = 3_600_000;
const SHANGHAI_ms = 8 * HOUR_ms;
const EVERY_ms = 3000;
const SHIFT_sales = 500;

export type Customers = { sell(): SaleRow };

function openTheShop(till: FoldedTill): void {
  till.apply({ kind: 'installed', epoch: 1 });
  till.apply({ kind: 'coreStarted', version: '0.1.0', runtime: 'bench', sentIds: [], sentDrawerIds: [] });
  till.apply({ kind: 'signedIn', operatorId: 'lin', role: 'cashier' });
  till.apply({ kind: 'shiftOpened', operatorId: 'lin', float_fen: 20_000 });
}

function payByWallet(till: FoldedTill, number: number, scheme: string, amount_fen: number): void {
  const codeMask = '134567******2345';
  const scanned = { codeMask, codeHmac: `hmac-${number}`, deferrable: false, queuedBefore: false };
  till.apply({ kind: 'codeScanned', routeId: ROUTE, scheme, ...scanned });
  const sale = till.state.sales[till.state.currentSaleId ?? ''];
  const attemptId = sale?.attemptIds.at(-1) ?? '';
  till.pay(attemptId, { kind: 'approved', proof: { ...proof, rail: scheme, actual_fen: amount_fen } });
}

export function customersOf(till: FoldedTill, seed: number): Customers {
  const random = generator(seed);
  const pick = <Item>(items: readonly Item[]): Item => items[Math.floor(random() * items.length)] as Item;
  let sold = 0;
  openTheShop(till);
  return {
    sell: () => {
      if (sold % SHIFT_sales === SHIFT_sales - 1)
        till.apply({ kind: 'signedIn', operatorId: pick(cashiers), role: 'cashier' });
      sold += 1;
      till.now_ms += EVERY_ms;
      const items = random() < 0.7 ? 1 : 2;
      for (let count = 0; count < items; count += 1) till.apply({ kind: 'goodsEntered', goods: pick(goods) });
      till.apply({ kind: 'tenderStarted' });
      const sale = till.state.sales[till.state.currentSaleId ?? ''];
      const amount_fen = sale?.lines.reduce((sum, line) => sum + line.price_fen * line.quantity, 0) ?? 0;
      const wallet = random() < 0.5 ? null : pick(wallets);
      if (wallet === null) till.apply({ kind: 'cashTaken', received_fen: amount_fen, roundDown: false });
      else payByWallet(till, sold, wallet, amount_fen);
      const row = {
        period: till.state.period.zNumber,
        tender: wallet === null ? 'cash' : 'wallet',
        wallet: wallet ?? '',
        cashier: till.state.operatorId ?? '',
        hour: Math.floor((till.now_ms + SHANGHAI_ms) / HOUR_ms) % 24,
        items,
        amount_fen,
      };
      till.apply({ kind: 'saleLeft' });
      return row;
    },
  };
}
