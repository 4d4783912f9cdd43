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
      ...slipHead(header, { title: '收款码 SCAN TO PAY', number: codePaperId, at_ms }),
      pair('商户单号 Order', orderNumber),
      rule,
      pair('应付 TO PAY', `￥${yuanText(amount_fen)}`, { size: 2, bold: true }),
      pair(schemeName(scheme), '请扫码付款 Scan to pay'),
      { kind: 'qr', data: content },
      centred(`有效至 Valid until ${shanghaiTime(expiresAt_ms)}`, true),
      centred('过期请勿扫码 Do not scan later'),
      { kind: 'banner', text: '这不是收据 NOT A RECEIPT' },
      centred('付款后由收银机打印小票'),
      centred('The receipt is printed once it is paid'),
      centred(`账 #${header.shortHash}`),
    ],
  };
}
