// What the screen after a return says of money that was not received: proven, or charged perhaps.
import { expect, it } from 'vitest';
import { drawn } from '../../preview/drawn.tsx';
import { foundSale, previewOf, returnMoneyOf } from '../../preview/found.ts';
import { base } from '../../preview/goods.ts';
import { ReturnedScreen } from './ReturnedScreen.tsx';
import { ReturnWords } from './ReturnMoney.tsx';

const { saleId, receiptNumber } = foundSale;

async function ended(unpaid_fen: number, doubt_fen: number, wasReversed = false) {
  const returned = { saleId, receiptNumber, money: returnMoneyOf(8_160, unpaid_fen, doubt_fen, wasReversed) };
  const screen = <ReturnedScreen returned={returned} snapshot={base} onDone={() => {}} />;
  return [await drawn(screen, 'zh', base), await drawn(screen, 'en', base)] as const;
}

it('never paid: there is nothing to give back', async () => {
  const [zh, en] = await ended(8_160, 0);
  expect(zh).toContain('没有钱要退给顾客');
  expect(en).toContain('This part of the sale was never paid');
});

it('without a result: not called never paid, and goes back by itself if it was charged', async () => {
  const [zh, en] = await ended(8_160, 8_160);
  expect(zh).not.toMatch(/没有钱要退|没有收到/);
  expect(en).not.toMatch(/never paid|No money to give back|not given back/i);
  expect(zh).toContain('退货时 ¥81.60 没有付款结果');
  expect(zh).toContain('如已扣款，会自动原路退回');
  expect(en).toContain('¥81.60 had no payment result at the return');
  expect(en).toContain('if charged, it goes back by itself');
});

it('beside money that goes back, each part is called what it is', async () => {
  const [zh] = await ended(2_000, 1_500);
  expect(zh).toContain('退货时 ¥15.00 没有付款结果');
  expect(zh).toMatch(/没有付款结果\n.¥15\.00\n没有收到的钱，不退\n.¥5\.00/);
});

it('the screen before it tells both parts apart, too', async () => {
  const words = (unpaid_fen: number, doubt_fen: number) =>
    drawn(<ReturnWords found={foundSale} preview={previewOf(8_160, unpaid_fen, doubt_fen)} />);
  const both = await words(2_000, 1_500);
  expect(both).toContain('¥15.00 还没有付款结果');
  expect(both).toContain('¥5.00 没有收到，不退');
  expect(await words(2_000, 2_000)).not.toContain('没有收到');
  expect(await words(2_000, 0)).not.toContain('付款结果');
});

it('undone by the acquirer: called never paid on neither screen, and back if it was charged', async () => {
  const preview = previewOf(8_160, 8_160, 0, true);
  const [zhAfter, enAfter] = await ended(8_160, 0, true);
  const screens = {
    zh: [await drawn(<ReturnWords found={foundSale} preview={preview} />), zhAfter],
    en: [await drawn(<ReturnWords found={foundSale} preview={preview} />, 'en'), enAfter],
  };
  for (const zh of screens.zh) {
    expect(zh).toContain('¥81.60 不在此退');
    expect(zh).toContain('如曾扣款已退回');
    expect(zh).not.toMatch(/没有收到|没有钱要退/);
  }
  for (const en of screens.en) {
    expect(en).toContain('if charged, it has gone back');
    expect(en).not.toMatch(/never (came|paid)|no money to give back/i);
  }
});
