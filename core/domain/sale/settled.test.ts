// A sale and all its returns are zero to the fen: gross, 抹零, tax and net, whatever comes back in which order.
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { goods } from '../../../test/sim/till-kit.ts';
import { Defect } from '../assert.ts';
import { includedTax_fen } from '../money.ts';
import type { Line, SettledLine } from './sale.ts';
import { paid_fen, paidFor_fen, returnedShare, settleLines } from './settled.ts';

const anyLine = fc.record({
  price_fen: fc.oneof(fc.nat(20), fc.nat(100_000)),
  tax_bp: fc.constantFrom(0, 100, 600, 900, 1300),
  quantity: fc.oneof(fc.integer({ min: 1, max: 9 }), fc.integer({ min: 1, max: 999 })),
});

const anyLines = fc
  .array(anyLine, { minLength: 1, maxLength: 12 })
  .map((lines): Line[] => lines.map((line, at) => ({ ...goods(line.price_fen), ...line, lineId: `L${at}` })));

/** A sale's lines and a 抹零 of at most all of it. */
const anySale = fc.tuple(anyLines, fc.nat(), fc.boolean()).map(([lines, draw, isUsual]) => {
  const gross_fen = lines.reduce((sum, line) => sum + line.price_fen * line.quantity, 0);
  return { lines, gross_fen, rounding_fen: draw % ((isUsual ? Math.min(gross_fen, 9) : gross_fen) + 1) };
});

const amounts = ['gross_fen', 'rounding_fen', 'tax_fen'] as const;

function total(lines: readonly SettledLine[], name: (typeof amounts)[number]): number {
  return lines.reduce((all, line) => all + line[name], 0);
}

const net_fen = (line: SettledLine) => line.gross_fen - line.rounding_fen - line.tax_fen;

describe('a settled sale', () => {
  test('is worth its goods less 抹零, which takes from no line more than it has', () => {
    fc.assert(
      fc.property(anySale, ({ lines, gross_fen, rounding_fen }) => {
        const settled = settleLines(lines, rounding_fen);
        expect(total(settled, 'gross_fen')).toBe(gross_fen);
        expect(total(settled, 'rounding_fen')).toBe(rounding_fen);
        expect(paid_fen(settled)).toBe(gross_fen - rounding_fen);
        for (const [at, line] of settled.entries()) {
          expect(line).toMatchObject({ lineId: lines[at]?.lineId, quantity: lines[at]?.quantity });
          for (const name of amounts) expect(line[name]).toBeGreaterThanOrEqual(0);
          expect(net_fen(line)).toBeGreaterThanOrEqual(0);
        }
      }),
    );
  });

  test('has at each rate the tax of what was paid at that rate, rounded once', () => {
    fc.assert(
      fc.property(anySale, ({ lines, rounding_fen }) => {
        const settled = settleLines(lines, rounding_fen);
        for (const rate_bp of new Set(lines.map((line) => line.tax_bp))) {
          const own = settled.filter((line) => line.tax_bp === rate_bp);
          expect(total(own, 'tax_fen')).toBe(includedTax_fen(paid_fen(own), rate_bp));
        }
      }),
    );
  });
});

/** Plays returns of drawn sizes on drawn lines until everything is back: all that was given back, in order. */
function giveAllBack(settled: readonly SettledLine[], draws: readonly number[]): SettledLine[] {
  const returned: Record<string, number> = {};
  const shares: SettledLine[] = [];
  const takeBack = (line: SettledLine, quantity: number) => {
    const before = returned[line.lineId] ?? 0;
    shares.push(returnedShare(line, before, quantity));
    returned[line.lineId] = before + quantity;
    expect(paidFor_fen(settled, returned)).toBe(paid_fen(shares));
  };
  for (const draw of draws) {
    const line = settled[draw % settled.length];
    const left = line === undefined ? 0 : line.quantity - (returned[line.lineId] ?? 0);
    if (line !== undefined && left > 0) takeBack(line, 1 + (draw % left));
  }
  for (const line of settled) {
    const left = line.quantity - (returned[line.lineId] ?? 0);
    if (left > 0) takeBack(line, left);
  }
  return shares;
}

describe('what comes back', () => {
  test('sums to the sale in every amount, and no part of it is negative', () => {
    fc.assert(
      fc.property(anySale, fc.array(fc.nat(), { maxLength: 40 }), ({ lines, rounding_fen }, draws) => {
        const settled = settleLines(lines, rounding_fen);
        const shares = giveAllBack(settled, draws);
        for (const line of settled) {
          const own = shares.filter((share) => share.lineId === line.lineId);
          for (const name of amounts) expect(total(own, name)).toBe(line[name]);
        }
        for (const share of shares) {
          for (const name of amounts) expect(share[name]).toBeGreaterThanOrEqual(0);
          expect(net_fen(share)).toBeGreaterThanOrEqual(0);
        }
      }),
      { numRuns: 2000 },
    );
  });

  test.each([
    [1, 25, 3],
    [1, 100, 83],
    [3, 399, 99],
  ])(
    'piece by piece, %d fen x %d less %d: no piece holds more tax than money',
    (price_fen, quantity, off_fen) => {
      const [line] = settleLines([{ ...goods(price_fen), lineId: 'L1', quantity }], off_fen);
      if (line === undefined) throw new Error('no line');
      const shares = giveAllBack(
        [line],
        Array.from({ length: quantity }, () => 0),
      );
      expect(shares).toHaveLength(quantity);
      expect(total(shares, 'tax_fen')).toBe(line.tax_fen);
      for (const share of shares) expect(net_fen(share)).toBeGreaterThanOrEqual(0);
    },
  );

  test('is worth its price for each piece, before 抹零', () => {
    const [line] = settleLines([{ ...goods(333), lineId: 'L1', quantity: 3 }], 9);
    if (line === undefined) throw new Error('no line');
    expect([0, 1, 2].map((at) => returnedShare(line, at, 1).gross_fen)).toEqual([333, 333, 333]);
    expect([0, 1, 2].map((at) => returnedShare(line, at, 1).rounding_fen)).toEqual([3, 3, 3]);
  });

  test('is never more than was sold, and never nothing', () => {
    const [line] = settleLines([{ ...goods(100), lineId: 'L1', quantity: 2 }], 0);
    if (line === undefined) throw new Error('no line');
    for (const [returned, quantity] of [
      [0, 3],
      [2, 1],
      [-1, 1],
      [0, 0],
    ] as const)
      expect(() => returnedShare(line, returned, quantity)).toThrow(Defect);
  });
});
