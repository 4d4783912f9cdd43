// The sample sale of the preview.
import type { LineView, PaymentView, SaleView, Snapshot } from '../../contract/snapshot.ts';

export const NOW_ms = new Date(2026, 10, 23, 10, 43, 31).getTime();

function line(
  id: number,
  name_zh: string,
  name_en: string,
  unit: string,
  quantity: number,
  price: number,
): LineView {
  return {
    lineId: `L${id}`,
    barcode: `69099000000${id}4`,
    name_zh,
    name_en,
    unit,
    quantity,
    unitPrice_fen: price,
    amount_fen: price * quantity,
  };
}

export const firstLine = line(10, '山泉饮用水 550ml', 'Spring water 550 ml', '瓶', 2, 200);

export const lines: LineView[] = [
  firstLine,
  line(11, '全麦吐司 400g', 'Whole wheat toast 400 g', '袋', 1, 1280),
  line(12, '红富士苹果(盒装,约 0.8 kg)', 'Fuji apples, boxed, about 0.8 kg', '盒', 1, 981),
  line(13, '纯牛奶 250ml × 12', 'Milk 250 ml × 12', '箱', 1, 4990),
  line(14, '抽纸 3 包装', 'Tissues, pack of 3', '提', 1, 1590),
];

export function saleOf(change: Partial<SaleView> = {}): SaleView {
  const sold = change.lines ?? lines;
  const total_fen = sold.reduce((sum, one) => sum + one.amount_fen, 0);
  return {
    saleId: 'S001000A',
    state: 'open',
    lines: sold,
    lastLineId: sold.at(-1)?.lineId ?? null,
    itemCount: sold.reduce((sum, one) => sum + one.quantity, 0),
    total_fen,
    due_fen: total_fen,
    receiptNumber: null,
    receiptId: null,
    payments: [],
    walletPart_fen: null,
    cash: null,
    roundDown_fen: total_fen % 10,
    roundDownAlways: false,
    giveBacks: [],
    isCollecting: false,
    writtenOff_fen: 0,
    canPark: true,
    canPayCash: true,
    canTender: total_fen > 0,
    canCancel: true,
    canGoBack: true,
    ...change,
  };
}

export function paymentOf(change: Partial<PaymentView> = {}): PaymentView {
  return {
    attemptId: 'A1',
    orderNumber: '02001K0000357F3Q',
    scheme: 'WECHAT',
    amount_fen: 9241,
    codeMask: '130812…0584',
    state: 'authorizing',
    unproven: true,
    deferred: false,
    since_ms: NOW_ms - 3_000,
    nextStepAt_ms: null,
    inquiries: 0,
    reversals: 0,
    reason: null,
    acquirerCode: null,
    canGiveUp: false,
    giveUpFrom_ms: null,
    code: null,
    story: [
      { at_ms: NOW_ms - 3_200, what: 'opened' },
      { at_ms: NOW_ms - 3_000, what: 'sent' },
    ],
    ...change,
  };
}

export const base: Snapshot = {
  sequence: 18_342,
  now_ms: NOW_ms,
  refusal: null,
  store: { name_zh: '江岸路店', name_en: 'Jiangan Road', terminalCode: '02' },
  pxPerMm: 5.94,
  language: 'zh',
  operators: [
    { id: 'lin', name: '林晓', role: 'cashier' },
    { id: 'chen', name: '陈默', role: 'cashier' },
    { id: 'wang', name: '王店长', role: 'manager' },
    { id: 'zhao', name: '赵工', role: 'technician' },
  ],
  operator: { id: 'lin', name: '林晓', role: 'cashier' },
  sale: saleOf(),
  resolving: [],
  notice: null,
  print: { state: 'none', reason: null, cause: null, proof: null, receiptId: null },
  routes: [
    {
      id: 'gateway',
      schemes: ['WECHAT', 'ALIPAY', 'UNIONPAY', 'ECNY', 'BESTPAY', 'JD'],
      presents: null,
      state: 'online',
      cause: null,
      latency_ms: 38,
      offlineMode: 'queue',
      queueOpen: false,
      layer: null,
    },
  ],
  printers: [{ id: 'receipt', state: 'ready', reason: null, detail: '' }],
  scanners: [{ id: 'hand', state: 'ready', reason: null, detail: '' }],
  exposure: { count: 0, total_fen: 0, oldest_ms: null, room_fen: 200_000, expectedLoss_fen: 0 },
  exceptionCount: 0,
  shift: { number: '0231', openedAt_ms: NOW_ms - 12_600_000, operatorId: 'lin' },
  counts: { cashMoves: 12, drawerOpens: 340, zNumber: 232 },
  lastCashMove: { number: 'M00000012', direction: 'paidIn', amount_fen: 20_000, reason: '补充零钱' },
  parked: [],
  giveBacks: [],
  found: null,
  asked: null,
  comparing: { state: 'none' },
  drawer: 'none',
  lockAfter_s: 180,
  wedge: { goods: false },
  isLocked: false,
  denominations_fen: [10_000, 5_000, 2_000, 1_000, 500, 100, 50, 10],
  businessDate: '2026-11-23',
  diagnosis: null,
  journal: { sequence: 18_342, shortHash: 'e3a91c' },
};
