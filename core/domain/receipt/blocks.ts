// The words and small blocks that papers are made of. Pure.
import { yuanText } from '../money.ts';
import { shanghaiTime } from '../time.ts';
import type { ReceiptBlock } from './document.ts';

/**
 * The shop as the acquirer of a route knows it: by a merchant number, or by that of its application there. `terminal`: the till's number
 * there; null: the acquirer has none.
 */
export type Payee = { kind: 'merchant' | 'application'; number: string; terminal: string | null };

export type ReceiptHeader = {
  name_zh: string;
  address: string;
  phone: string;
  /** Whom this payment paid; null: not known any more. */
  payeeOf: (attemptId: string) => Payee | null;
  /** The till's own number. */
  terminalCode: string;
  operatorName: string;
  /** First 8 of the journal's chain head: truncation of the journal shows against paper. */
  shortHash: string;
  /** By which this till knows a paper of its own again. */
  tagOf: (paperId: string) => string;
};

const schemeNames: Readonly<Record<string, string>> = {
  WECHAT: '微信支付',
  ALIPAY: '支付宝',
  UNIONPAY: '银联云闪付',
  ECNY: '数字人民币',
  BESTPAY: '翼支付',
  JD: '京东支付',
  EMV_CPM: '银联二维码',
  AGGREGATE: '聚合收款码',
  UNKNOWN: '未识别的付款码',
  HEBAO: '和包支付',
  WO: '沃钱包',
};

export function schemeName(scheme: string): string {
  return schemeNames[scheme] ?? scheme;
}

/** Of the app that the customer paid with; nothing where there is nothing to add to the scheme. */
export function appBlocks(payerApp: string | null): ReceiptBlock[] {
  return payerApp === null ? [] : [pair('付款应用 App', schemeName(payerApp))];
}

/** Of rails that carry more apps than their own, or none, or that are a wallet themselves; the others have the name of their wallet. */
const railNames: Readonly<Record<string, string>> = {
  UNIONPAY: '银联 UnionPay',
  NETSUNION: '网联 NetsUnion',
  DCEP: '数字人民币 e-CNY',
  WECHAT: '微信支付 WeChat Pay',
  ALIPAY: '支付宝 Alipay',
};

const railName = (rail: string): string => railNames[rail] ?? schemeName(rail);

/** Who carried a payment whose scheme names no wallet. */
export function railBlocks(rail: string | null): ReceiptBlock[] {
  return rail === null ? [] : [pair('支付渠道 Via', railName(rail))];
}

/** The rail of a sum by scheme and rail, where it is not the wallet itself. */
export function otherRailBlocks(scheme: string, rail: string): ReceiptBlock[] {
  return rail === scheme || rail === '' ? [] : [pair('  支付渠道 Via', railName(rail))];
}

export function text(
  value: string,
  options: Partial<Extract<ReceiptBlock, { kind: 'text' }>> = {},
): ReceiptBlock {
  return { kind: 'text', text: value, align: 'left', size: 1, bold: false, ...options };
}

export function pair(
  left: string,
  right: string,
  options: { size?: 1 | 2; bold?: boolean } = {},
): ReceiptBlock {
  return { kind: 'pair', left, right, size: options.size ?? 1, bold: options.bold ?? false };
}

export const rule: ReceiptBlock = { kind: 'rule' };

export function heading(value: string): ReceiptBlock {
  return text(value, { bold: true });
}

const payeeLabels: Readonly<Record<Payee['kind'], string>> = {
  merchant: '商户号 Merchant',
  application: '商户应用号 AppID',
};

/** Each acquirer finds the payment by its own numbers of shop and till, and by no other's. The till's own stands at the top of each paper. */
export function payeeBlocks({ payeeOf, terminalCode }: ReceiptHeader, attemptId: string): ReceiptBlock[] {
  const payee = payeeOf(attemptId);
  if (payee === null) return [];
  const { kind, number, terminal } = payee;
  const isOther = terminal !== null && terminal !== terminalCode;
  return [pair(payeeLabels[kind], number), ...(isOther ? [pair('收单终端 Terminal', terminal)] : [])];
}

/** Main scan has no code of the customer's: he scanned ours. */
export function codeLine(codeMask: string): ReceiptBlock {
  return codeMask === '' ? text('顾客扫码 Customer scanned') : pair('付款码 Code', codeMask);
}

/** The number of the customer's own bill, where the acquirer's is another: a gateway's beside the wallet's. */
export function walletBlocks(numbers: {
  acquirerOrderId: string;
  thirdPartyOrderId: string;
}): ReceiptBlock[] {
  const { acquirerOrderId, thirdPartyOrderId } = numbers;
  const isOther = thirdPartyOrderId !== '' && thirdPartyOrderId !== acquirerOrderId;
  return isOther ? [pair('钱包单号 Wallet', thirdPartyOrderId)] : [];
}

/** Only when there is something to say. */
export function money(label: string, amount_fen: number): ReceiptBlock {
  return pair(label, yuanText(amount_fen));
}

export function counted(label: string, sum: { count: number; amount_fen: number }): ReceiptBlock {
  return pair(`${label} x${sum.count}`, yuanText(sum.amount_fen));
}

/** The top of every slip that is the shop's own. */
export function slipHead(
  header: ReceiptHeader,
  slip: { title: string; number: string; at_ms: number },
): ReceiptBlock[] {
  return [
    text(header.name_zh, { align: 'center', size: 2, bold: true }),
    text(slip.title, { align: 'center', size: 2, bold: true }),
    rule,
    pair('单号 No.', slip.number),
    pair('时间 Time', shanghaiTime(slip.at_ms)),
    pair('终端 Terminal', header.terminalCode),
  ];
}

/** For two signatures: whoever handled the money, and whoever allowed it. */
export function signatures(header: ReceiptHeader): ReceiptBlock[] {
  return [
    rule,
    text('经手人签字 Signature'),
    text(' '),
    text('店长签字 Manager'),
    text(' '),
    text(`账 #${header.shortHash}`, { align: 'center' }),
  ];
}

/** "13%" from 1300 bp. */
export function percent(rate_bp: number): string {
  const rest = rate_bp % 100;
  return `${Math.floor(rate_bp / 100)}${rest === 0 ? '' : `.${String(rest).padStart(2, '0')}`}%`;
}
