// The receipt of a completed sale as a document. Pure; what it claims is what the journal holds.
import { yuanText } from '../money.ts';
import { shanghaiTime } from '../time.ts';
import { type Sale, lineAmount_fen, saleTotal_fen } from '../sale/sale.ts';
import type { Attempt, Receipt } from '../till/state.ts';
import { isDeferredOpen } from '../till/queries.ts';
import type { ReceiptBlock, ReceiptDocument } from './document.ts';

export type ReceiptHeader = {
  name_zh: string;
  address: string;
  phone: string;
  merchantCode: string;
  terminalCode: string;
  operatorName: string;
  /** First 8 of the journal's chain head: truncation of the journal shows against paper. */
  shortHash: string;
};

const schemeNames: Readonly<Record<string, string>> = {
  WECHAT: '微信支付',
  ALIPAY: '支付宝',
  UNIONPAY: '银联云闪付',
  ECNY: '数字人民币',
  BESTPAY: '翼支付',
  JD: '京东支付',
  EMV_CPM: '银联二维码',
};

export function schemeName(scheme: string): string {
  return schemeNames[scheme] ?? scheme;
}

function text(value: string, options: Partial<Extract<ReceiptBlock, { kind: 'text' }>> = {}): ReceiptBlock {
  return { kind: 'text', text: value, align: 'left', size: 1, bold: false, ...options };
}

function pair(left: string, right: string, options: { size?: 1 | 2; bold?: boolean } = {}): ReceiptBlock {
  return { kind: 'pair', left, right, size: options.size ?? 1, bold: options.bold ?? false };
}

function paymentBlocks(attempt: Attempt): ReceiptBlock[] {
  const blocks = [
    pair(schemeName(attempt.scheme), yuanText(attempt.amount_fen), { bold: true }),
    pair('付款码 Code', attempt.codeMask),
    pair('订单号 Order', attempt.orderNumber),
  ];
  const { state } = attempt.machine;
  if (state.kind !== 'approved') return blocks;
  const { proof } = state;
  return [
    ...blocks,
    pair('参考号 Ref', proof.retrievalRefNum),
    pair('凭证/批次 Trace/Batch', `${proof.systemTraceNum}/${proof.batchNo}`),
    pair('收单单号 Acquirer', proof.acquirerOrderId),
    pair('支付时间 Paid at', proof.paidAt.slice(0, 19).replace('T', ' ')),
    ...(proof.actual_fen === attempt.amount_fen
      ? []
      : [pair('顾客实付 Customer paid', yuanText(proof.actual_fen))]),
  ];
}

function headBlocks(header: ReceiptHeader, receipt: Receipt, sale: Sale): ReceiptBlock[] {
  return [
    text(header.name_zh, { align: 'center', size: 2, bold: true }),
    text(header.address, { align: 'center' }),
    text(`电话 Tel ${header.phone}`, { align: 'center' }),
    { kind: 'rule' },
    pair('票号 No.', receipt.number),
    pair('时间 Time', shanghaiTime(sale.completedAt_ms ?? sale.openedAt_ms)),
    pair('收银员 Cashier', header.operatorName),
    pair('终端 Terminal', header.terminalCode),
    { kind: 'rule' },
  ];
}

/** `sale` must be completed (or completed with a queued tender). */
export function buildReceipt(
  header: ReceiptHeader,
  receipt: Receipt,
  sale: Sale,
  attempts: readonly Attempt[],
): ReceiptDocument {
  const paying = attempts.filter((one) => one.machine.state.kind === 'approved' || isDeferredOpen(one));
  const isPending = paying.some(isDeferredOpen);
  const items = sale.lines.map(
    (line): ReceiptBlock => ({
      kind: 'item',
      name: line.name_zh,
      quantity: String(line.quantity),
      unitPrice: yuanText(line.price_fen),
      amount: yuanText(lineAmount_fen(line)),
    }),
  );
  const pending: ReceiptBlock[] = isPending
    ? [
        { kind: 'banner', text: '离线待确认' },
        text('OFFLINE, NOT YET AUTHORIZED', { align: 'center', bold: true }),
        text('款项尚未获收单方确认,联网后自动提交。', { align: 'center' }),
      ]
    : [];
  return {
    receiptId: receipt.receiptId,
    number: receipt.number,
    blocks: [
      ...pending,
      ...headBlocks(header, receipt, sale),
      ...items,
      { kind: 'rule' },
      pair('合计 TOTAL', `￥${yuanText(saleTotal_fen(sale))}`, { size: 2, bold: true }),
      { kind: 'rule' },
      ...paying.flatMap(paymentBlocks),
      pair('商户号 Merchant', header.merchantCode),
      { kind: 'rule' },
      { kind: 'qr', data: `yima:${receipt.receiptId}:${receipt.number}:${header.shortHash}` },
      { kind: 'barcode', data: receipt.number },
      text(`账 #${header.shortHash}`, { align: 'center' }),
      text('谢谢惠顾 Thank you', { align: 'center' }),
    ],
  };
}
