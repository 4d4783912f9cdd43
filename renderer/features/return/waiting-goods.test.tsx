// Goods scanned while a return is on the screen: the next customer's, or those that came back. Their sale lies unseen behind it.
import { expect, it } from 'vitest';
import { drawn } from '../../preview/drawn.tsx';
import { foundSale, returnMoneyOf } from '../../preview/found.ts';
import { base, saleOf } from '../../preview/goods.ts';
import { ReturnedScreen } from './ReturnedScreen.tsx';
import { ReturnScreen } from './ReturnScreen.tsx';

const { saleId, receiptNumber } = foundSale;
const returned = { saleId, receiptNumber, money: returnMoneyOf(990) };
const screens = (snapshot: typeof base) => [
  <ReturnScreen key="a" found={foundSale} onBack={() => {}} onReturned={() => {}} />,
  <ReturnedScreen key="b" returned={returned} snapshot={snapshot} onDone={() => {}} />,
];

it('are said to be in a sale of their own, not paid and no part of the return', async () => {
  const snapshot = { ...base, sale: saleOf() };
  for (const screen of screens(snapshot)) {
    expect(await drawn(screen, 'zh', snapshot)).toContain('扫的商品另成一单：6 件 ¥92.41');
    expect(await drawn(screen, 'en', snapshot)).toContain(
      'Scanned goods are in a sale of their own: 6, ¥92.41',
    );
  }
});

it('nothing is said where there are none', async () => {
  for (const sale of [null, saleOf({ lines: [] })]) {
    const snapshot = { ...base, sale };
    for (const screen of screens(snapshot))
      expect(await drawn(screen, 'zh', snapshot)).not.toContain('另成一单');
  }
});
