// The receipt of a completed sale as a document. Pure; what it claims is what the journal holds.
import type { GiveBack } from '../giveback/give-back.ts';
import { sum_fen, yuanText } from '../money.ts';
import { payerAppBeside, railBeside } from '../payment/payer-app.ts';
import type { ApprovalProof } from '../payment/state.ts';
import { shanghaiTime } from '../time.ts';
import { type Sale, lineAmount_fen, saleTotal_fen } from '../sale/sale.ts';
import type { Attempt, Receipt } from '../till/state.ts';
import { covered_fen, isDeferredOpen } from '../till/queries.ts';
import {
  appBlocks,
  codeLine,
  pair,
  percent,
  railBlocks,
  type ReceiptHeader,
  schemeName,
  text,
  walletBlocks,
} from './blocks.ts';
import type { ReceiptBlock, ReceiptDocument } from './document.ts';
import { leavingBlocks, orderBlocks } from './leaving.ts';
import { barcodeText, qrText } from './paper-code.ts';
import { allSurplusBlocks, isAllSurplus, partSurplusBlocks } from './surplus.ts';
import { unpaidBlocks } from './unpaid.ts';

function paymentBlocks(
  header: ReceiptHeader,
  attempt: Attempt,
  giveBacks: readonly GiveBack[],
): ReceiptBlock[] {
  const blocks = [
    pair(schemeName(attempt.scheme), yuanText(attempt.amount_fen), { bold: true }),
    codeLine(attempt.codeMask),
    ...orderBlocks(header, attempt),
  ];
  const { state } = attempt.machine;
  if (state.kind !== 'approved') return blocks;
  const { proof } = state;
  return [
    ...blocks,
    ...railBlocks(railBeside(attempt.scheme, proof)),
    ...appBlocks(payerAppBeside(attempt.scheme, proof)),
    ...terminalBlocks(proof),
    pair('收单单号 Acquirer', proof.acquirerOrderId),
    ...walletBlocks(proof),
    pair('支付时间 Paid at', proof.paidAt.slice(0, 19).replace('T', ' ')),
    ...(proof.actual_fen === attempt.amount_fen
      ? []
      : [pair('顾客实付 Customer paid', yuanText(proof.actual_fen))]),
    ...partSurplusBlocks(attempt, giveBacks),
  ];
}

/** A wallet's own contract has no terminal numbers: what it does not give is not printed. */
function terminalBlocks({ retrievalRefNum, systemTraceNum, batchNo }: ApprovalProof): ReceiptBlock[] {
  return [
    ...(retrievalRefNum === '' ? [] : [pair('参考号 Ref', retrievalRefNum)]),
    ...traceBlocks(systemTraceNum, batchNo),
  ];
}

/** UnionPay has a trace number and no batch. */
function traceBlocks(trace: string, batch: string): ReceiptBlock[] {
  if (trace !== '' && batch !== '') return [pair('凭证/批次 Trace/Batch', `${trace}/${batch}`)];
  if (trace !== '') return [pair('凭证号 Trace', trace)];
  return batch === '' ? [] : [pair('批次号 Batch', batch)];
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

function cashBlocks(sale: Sale): ReceiptBlock[] {
  if (sale.cash === null) return [];
  const { received_fen, change_fen } = sale.cash;
  return [
    pair('现金 Cash', yuanText(received_fen), { bold: true }),
    pair('找零 Change', yuanText(change_fen), { bold: true }),
  ];
}

function totalBlocks(sale: Sale): ReceiptBlock[] {
  const total_fen = saleTotal_fen(sale);
  const rounding_fen = sale.cash?.rounding_fen ?? 0;
  if (rounding_fen === 0) return [pair('合计 TOTAL', `￥${yuanText(total_fen)}`, { size: 2, bold: true })];
  return [
    pair('小计 Subtotal', yuanText(total_fen)),
    pair('抹零 Rounded off', yuanText(-rounding_fen)),
    pair('合计 TOTAL', `￥${yuanText(total_fen - rounding_fen)}`, { size: 2, bold: true }),
  ];
}

/** Prices include VAT: what of the total is tax, by rate. */
function taxBlocks(sale: Sale): ReceiptBlock[] {
  const rates = [...new Set(sale.settled.map((line) => line.tax_bp))].sort((a, b) => b - a);
  return rates.map((rate_bp) => {
    const own = sale.settled.filter((line) => line.tax_bp === rate_bp);
    const tax_fen = sum_fen(own.map((line) => line.tax_fen));
    return pair(`含税 VAT ${percent(rate_bp)}`, yuanText(tax_fen));
  });
}

/** Charged, and not needed here. */
function surplusBlocks(
  header: ReceiptHeader,
  attempts: readonly Attempt[],
  giveBacks: readonly GiveBack[],
): ReceiptBlock[] {
  return attempts
    .filter(isAllSurplus)
    .flatMap((attempt) => [...allSurplusBlocks(attempt, giveBacks), ...orderBlocks(header, attempt)]);
}

function backBlocks(sale: Sale): ReceiptBlock[] {
  if (sale.returnIds.length === 0) return [];
  const words = sale.state === 'returned' ? '已全部退货 RETURNED' : '部分退货 PARTLY RETURNED';
  return [{ kind: 'banner', text: words }];
}

/** `sale` must be completed (or completed with a queued tender); `attempts` and `giveBacks` are all of it. */
export function buildReceipt(
  header: ReceiptHeader,
  receipt: Receipt,
  sale: Sale,
  attempts: readonly Attempt[],
  giveBacks: readonly GiveBack[],
): ReceiptDocument {
  const paying = attempts.filter((one) => covered_fen(one) > 0);
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
      ...unpaidBlocks(sale, attempts),
      ...backBlocks(sale),
      ...headBlocks(header, receipt, sale),
      ...items,
      { kind: 'rule' },
      ...totalBlocks(sale),
      { kind: 'rule' },
      ...taxBlocks(sale),
      ...paying.flatMap((attempt) => paymentBlocks(header, attempt, giveBacks)),
      ...cashBlocks(sale),
      ...leavingBlocks(header, attempts),
      ...surplusBlocks(header, attempts, giveBacks),
      { kind: 'rule' },
      { kind: 'qr', data: qrText(receipt, header.shortHash, header.tagOf(receipt.receiptId)) },
      { kind: 'barcode', data: barcodeText(receipt.receiptId, header.tagOf(receipt.receiptId)) },
      text(`账 #${header.shortHash}`, { align: 'center' }),
      text('谢谢惠顾 Thank you', { align: 'center' }),
    ],
  };
}
