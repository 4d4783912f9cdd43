// The sample sold sale whose goods come back, with money in both a wallet and cash.
import type {
  GiveBackView,
  ReturnMoney,
  ReturnPreview,
  SaleFound,
  SoldFound,
} from '../../contract/snapshot.ts';
import { lines, NOW_ms } from './goods.ts';

export function giveBackOf(change: Partial<GiveBackView> = {}): GiveBackView {
  return {
    giveBackId: 'G1',
    requestNumber: '02001R000007A1C2',
    orderNumber: '2026000202001000007A1C2',
    method: 'refund',
    saleId: 'S0009',
    receiptNumber: '00018290',
    scheme: 'WECHAT',
    amount_fen: 4_990,
    state: 'pending',
    unproven: true,
    openedAt_ms: NOW_ms - 25_000,
    nextStepAt_ms: NOW_ms + 12_000,
    inquiries: 1,
    reason: 'E-REF-01',
    acquirerCode: null,
    paidInCash: false,
    canRetry: false,
    hearsOffice: (change.state ?? 'pending') === 'pending',
    isTwice: false,
    ...change,
  };
}

export const foundSale: SaleFound = {
  saleId: 'S0009',
  receiptId: 'R9',
  receiptNumber: '00018290',
  state: 'completed',
  completedAt_ms: NOW_ms - 93_600_000,
  total_fen: 9_640,
  lines: lines.map((line, index) => {
    const quantity = index === 0 ? 4 : line.quantity;
    const returned = index === 0 ? 1 : index === 1 ? 1 : 0;
    const paid_fen = line.unitPrice_fen * quantity - (index === 0 ? 1 : 0);
    // One fen of 抹零 lies on the first line: the last piece gives it back.
    const back_fen = Array.from({ length: quantity - returned }, (_, k) =>
      k + 1 === quantity - returned && index === 0
        ? line.unitPrice_fen * (k + 1) - 1
        : line.unitPrice_fen * (k + 1),
    );
    const { lineId, name_zh, name_en, unit, unitPrice_fen } = line;
    return { lineId, name_zh, name_en, unit, quantity, returned, unitPrice_fen, paid_fen, back_fen };
  }),
  tenders: [
    { tender: 'A9', scheme: 'WECHAT', amount_fen: 6_000, left_fen: 4_520 },
    { tender: 'cash', scheme: null, amount_fen: 3_640, left_fen: 3_640 },
  ],
  returnedBefore_fen: 1_480,
  giveBacks: [],
  refusal: null,
  isUnsure: false,
  paper: { terminalCode: '20260002', total_fen: 9_639 },
};

/** Of the sample sale: its wallet first, the rest in cash, but for what was never paid; `doubt_fen` of that has no result. */
export function returnMoneyOf(
  worth_fen: number,
  unpaid_fen = 0,
  doubt_fen = 0,
  wasReversed = false,
): ReturnMoney {
  const back_fen = worth_fen - unpaid_fen;
  const amount_fen = Math.min(back_fen, 4_520);
  const wallet = { attemptId: 'A9', scheme: 'WECHAT', amount_fen, giveBackId: 'G1' };
  const wallets = amount_fen > 0 ? [wallet] : [];
  return { worth_fen, unpaid_fen, doubt_fen, wasReversed, cash_fen: back_fen - amount_fen, wallets };
}

export function previewOf(...money: Parameters<typeof returnMoneyOf>): ReturnPreview {
  return { refusal: null, money: returnMoneyOf(...money) };
}

/** A page of sold sales: one wallet, wallet and cash, all come back. */
export const soldSales: SoldFound = {
  rows: Array.from({ length: 8 }, (_, index) => ({
    saleId: `S${index}`,
    receiptNumber: `000183${42 - index}`,
    completedAt_ms: NOW_ms - index * 1_260_000,
    total_fen: index === 3 ? 128_450 : 4_990 + index * 1_210,
    state: index === 5 ? ('returned' as const) : ('completed' as const),
    tenders:
      index === 3
        ? [
            { scheme: 'ECNY', amount_fen: 100_000 },
            { scheme: null, amount_fen: 28_450 },
          ]
        : [
            {
              scheme: index % 4 === 2 ? null : index % 2 === 0 ? 'WECHAT' : 'ALIPAY',
              amount_fen: 4_990 + index * 1_210,
            },
          ],
    orderNumber: index === 2 ? null : '2611230001000200AB7K3M9Q1',
  })),
  hasMore: true,
};
