// Test help: a receipt with every kind of block, as a shop would print it.
import type { ReceiptDocument } from '../../core/domain/receipt/document.ts';

export const sampleQr = 'https://pay.example.com/q/20261123-000042?s=收银台01';
export const sampleBarcode = 'T01-000042';

export const sampleReceipt: ReceiptDocument = {
  receiptId: 'r-42',
  number: '000042',
  blocks: [
    { kind: 'text', text: '一码便利店', align: 'center', size: 2, bold: true },
    { kind: 'text', text: '人民路店 收银台01', align: 'center', size: 1, bold: false },
    { kind: 'pair', left: '单号 000042', right: '2026-11-23 04:31', size: 1, bold: false },
    { kind: 'rule' },
    { kind: 'item', name: '可口可乐 330ml', quantity: '2', unitPrice: '3.50', amount: '7.00' },
    {
      kind: 'item',
      name: '手工现磨大杯珍珠奶茶（少冰，半糖，加椰果，加双份珍珠）外带',
      quantity: '1',
      unitPrice: '18.00',
      amount: '18.00',
    },
    {
      kind: 'item',
      name: 'Lay’s potato chips',
      quantity: '0.250 kg',
      unitPrice: '1288.00',
      amount: '322.00',
    },
    { kind: 'rule' },
    { kind: 'pair', left: '抹零', right: '-0.00', size: 1, bold: false },
    { kind: 'pair', left: '合计', right: '\u00a5347.00', size: 2, bold: true },
    { kind: 'pair', left: '微信支付 134567******2345', right: '\u00a5347.00', size: 1, bold: false },
    { kind: 'banner', text: '离线待确认\nOFFLINE, NOT YET AUTHORIZED' },
    { kind: 'text', text: '谢谢惠顾，欢迎再来！😀', align: 'center', size: 1, bold: false },
    { kind: 'qr', data: sampleQr },
    { kind: 'barcode', data: sampleBarcode },
  ],
};
