// What the return screen says is what the core says: its rows hold no sum of their own.
import { describe, expect, it } from 'vitest';
import { foundSale as found, returnMoneyOf } from '../../preview/found.ts';
import { back_fen, backRows } from './money-rows.ts';

const rows = (money: Parameters<typeof backRows>[1]) =>
  backRows(found, money).map((one) => [one.scheme, one.back_fen]);

describe('the rows of a return', () => {
  it('name every tender with its cap before anything is chosen, and give nothing', () => {
    expect(backRows(found, null)).toEqual([
      { scheme: 'WECHAT', left_fen: 4_520, back_fen: 0 },
      { scheme: null, left_fen: 3_640, back_fen: 0 },
    ]);
  });

  it('hold what the core gives to each', () => {
    expect(rows(returnMoneyOf(5_390))).toEqual([
      ['WECHAT', 4_520],
      [null, 870],
    ]);
  });

  it('give no cash that the core does not give, however much the drawer could', () => {
    const money = returnMoneyOf(6_000, 6_000);
    expect(rows(money)).toEqual([
      ['WECHAT', 0],
      [null, 0],
    ]);
    expect(back_fen(money)).toBe(0);
  });
});
