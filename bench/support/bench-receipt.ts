// The receipt of the bench: thirty lines of a Chinese sale with a QR code, as the till's document.
import type { ReceiptBlock, ReceiptDocument } from '../../core/domain/receipt/document.ts';

export type SoldItem = { name: string; quantity: string; unitPrice: string; amount: string };

export const COLUMNS = 48;
export const qrText = 'https://pay.example.com/q/20261123-000042';

const names = [
  '绿茶 500ml',
  '可口可乐 330ml',
  '手工酸奶（原味）',
  '乐事薯片 黄瓜味 75g',
  '金龙鱼大豆油 5L',
  '海天金标生抽 1.28L',
  '维达抽纸 3 层 120 抽',
  '蓝月亮洗衣液 3kg',
  '旺旺雪饼 84g',
  '康师傅红烧牛肉面',
];

export const soldItems: readonly SoldItem[] = names.map((name, index) => {
  const price_fen = 350 + index * 215;
  const yuan = (fen: number) => (fen / 100).toFixed(2);
  return { name, quantity: '2', unitPrice: yuan(price_fen), amount: yuan(price_fen * 2) };
});

export const headLines = ['江岸路便利店', '江城市江岸路 18 号'];
export const pairs: readonly (readonly [string, string])[] = [
  ['单号 00000042', '2026-11-23 10:31'],
  ['收银 林晓', '终端 20260002'],
];
export const endPairs: readonly (readonly [string, string])[] = [
  ['件数 20', ''],
  ['微信支付 134567******2345', '263.50'],
  ['参考号', '261123000042'],
];
export const total: readonly [string, string] = ['合计', '263.50'];
export const thanks = '谢谢惠顾，欢迎再来';

const text = (one: string, size: 1 | 2): ReceiptBlock => ({
  kind: 'text',
  text: one,
  align: 'center',
  size,
  bold: size === 2,
});
const pair = ([left, right]: readonly [string, string], size: 1 | 2 = 1): ReceiptBlock => ({
  kind: 'pair',
  left,
  right,
  size,
  bold: size === 2,
});

export const benchReceipt: ReceiptDocument = {
  receiptId: 'R001000042',
  number: '00000042',
  blocks: [
    text(headLines[0] ?? '', 2),
    text(headLines[1] ?? '', 1),
    ...pairs.map((one) => pair(one)),
    { kind: 'rule' },
    ...soldItems.map((item): ReceiptBlock => ({ kind: 'item', ...item })),
    { kind: 'rule' },
    pair(total, 2),
    ...endPairs.map((one) => pair(one)),
    text(thanks, 1),
    { kind: 'qr', data: qrText },
  ],
};
