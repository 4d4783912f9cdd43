// Goods over the counter: what a customer buys, and the code on his phone.
import { must, mustEqual } from './failure.ts';
import { due_fen, type KnownSale, pass, saleOf, type Shop } from './shop.ts';

function enterGoods(shop: Shop): void {
  const { chance, till } = shop;
  const lines = chance.whole(1, 8);
  for (let line = 0; line < lines; line += 1) {
    const goods = chance.pick(shop.goods);
    const isWrong = shop.options.plant === 'wrongPrice' && shop.sales.size === 30;
    till.mustAsk({
      kind: 'goodsEntered',
      goods: isWrong ? { ...goods, price_fen: goods.price_fen + 1 } : goods,
    });
    pass(shop, chance.whole(300, 2200));
  }
  const sale = currentSale(shop);
  const line = chance.pick(sale.lines);
  if (chance.happens(0.15))
    till.mustAsk({ kind: 'quantitySet', lineId: line.lineId, quantity: chance.whole(1, 6) });
  if (sale.lines.length > 1 && chance.happens(0.03))
    till.mustAsk({ kind: 'lineRemoved', lineId: chance.pick(sale.lines).lineId });
}

export function currentSale(shop: Shop) {
  const { state } = shop.till;
  const sale = state.sales[state.currentSaleId ?? ''];
  must(sale !== undefined, 'no sale is on the counter');
  return sale;
}

/** The last customer has gone. Had his queued payment failed meanwhile, his sale would wait for money and refuse new goods. */
function clearCounter({ till }: Shop): void {
  const { state } = till;
  if (state.sales[state.currentSaleId ?? '']?.state === 'completedPending')
    till.mustAsk({ kind: 'saleLeft' });
}

/** Scans the goods; the sum is made here once more, from the price on the shelf. */
export function ringUp(shop: Shop): KnownSale {
  clearCounter(shop);
  enterGoods(shop);
  const sale = currentSale(shop);
  const lines = sale.lines.map(({ lineId, barcode, quantity }) => {
    const goods = shop.goods.find((one) => one.barcode === barcode);
    must(goods !== undefined, `the till sells ${barcode}, which is not in the shop`);
    return { lineId, goods, quantity, returned: 0 };
  });
  const known: KnownSale = {
    saleId: sale.saleId,
    day: shop.day,
    lines,
    total_fen: lines.reduce((sum, { goods, quantity }) => sum + goods.price_fen * quantity, 0),
    asked: new Map(),
    cash_fen: 0,
    rounding_fen: 0,
    writtenOff_fen: 0,
    returned_fen: 0,
    cashBack_fen: 0,
    isDropped: false,
    isCounted: false,
  };
  shop.sales.set(known.saleId, known);
  return known;
}

export function newCode(shop: Shop): string {
  const { chance } = shop;
  const scheme = chance.weighted({ WECHAT: 50, ALIPAY: 38, UNIONPAY: 8, DCEP: 4 });
  switch (scheme) {
    case 'WECHAT':
      return `13${chance.digits(16)}`;
    case 'ALIPAY':
      return `28${chance.digits(16)}`;
    case 'UNIONPAY':
      return `62${chance.digits(17)}`;
    case 'DCEP':
      return `01${chance.digits(17)}`;
  }
}

/** Nothing more is wanted of the customer: everything is paid, promised or dropped. */
export function isOver(shop: Shop, known: KnownSale): boolean {
  const sale = saleOf(shop, known);
  if (sale.state === 'completedPending') return !isCollected(shop, known);
  return sale.state !== 'open' && sale.state !== 'tendering' && sale.state !== 'parked';
}

/** A deferred payment of it ended without money, and the customer is here again. */
export function isCollected(shop: Shop, known: KnownSale): boolean {
  const { state } = shop.till;
  if (state.currentSaleId !== known.saleId || due_fen(shop, known) <= 0) return false;
  return Object.values(state.exceptions).some((one) => one.saleId === known.saleId);
}

/** What the till sold must be what went over the counter. */
export function checkSold(shop: Shop, known: KnownSale): void {
  const { settled, saleId } = saleOf(shop, known);
  if (settled.length === 0) return;
  const sum = (part: (line: (typeof settled)[number]) => number) =>
    settled.reduce((total, line) => total + part(line), 0);
  mustEqual(
    `sum of ${saleId}`,
    sum((line) => line.gross_fen),
    known.total_fen,
  );
  mustEqual(
    `抹零 of ${saleId}`,
    sum((line) => line.rounding_fen),
    known.rounding_fen,
  );
}
