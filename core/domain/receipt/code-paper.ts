// The paper of a code of ours (main scan): for a customer who can't see the screen. Pure. It proves nothing, and says so.
import { yuanText } from '../money.ts';
import { shanghaiTime } from '../time.ts';
import type { CodePrinted } from '../till/records.ts';
import { pair, type ReceiptHeader, rule, schemeName, slipHead, text } from './blocks.ts';
import type { ReceiptDocument } from './document.ts';

const centred = (value: string, bold = false) => text(value, { align: 'center', bold });

export function buildCodePaper(
  header: ReceiptHeader,
  { codePaperId, at_ms, orderNumber, scheme, amount_fen, content, expiresAt_ms }: CodePrinted,
): ReceiptDocument {
  return {
    receiptId: codePaperId,
    number: codePaperId,
    blocks: [
      ...slipHead(header, { title: '收款码 CODE', number: codePaperId, at_ms }),
      pair('商户单号 Order', orderNumber),
      rule,
      pair('应付 DUE', `￥${yuanText(amount_fen)}`, { size: 2, bold: true }),
      centred(schemeName(scheme)),
      centred('请扫码付款 Scan to pay', true),
      { kind: 'qr', data: content },
      centred(`有效至 Until ${shanghaiTime(expiresAt_ms)}`, true),
      centred('过期请勿扫码 Do not scan later'),
      { kind: 'banner', text: '这不是收据' },
      { kind: 'banner', text: 'NOT A RECEIPT' },
      centred('付款后由收银机打印小票'),
      centred('A receipt comes once it is paid'),
      centred(`账 #${header.shortHash}`),
    ],
  };
}
