import { describe, expect, it } from 'vitest';
import { foundSale as found } from '../../preview/found.ts';
import { backOf_fen, everything, linesOf, stepped, type Selection } from './selection.ts';

const lineOf = (index: number) => {
  const line = found.lines[index];
  if (!line) throw new Error(`no line ${index}`);
  return line;
};
const press = (selection: Selection, index: number, ...steps: number[]) =>
  steps.reduce((before, step) => stepped(before, lineOf(index), step), selection);

describe('what comes back', () => {
  it('never exceeds what was sold and not yet returned, nor falls below none', () => {
    const more = press({}, 0, 1, 1, 1, 1, 1, 1);
    const fewer = press({}, 0, 1, -1, -1);
    const left = lineOf(0).quantity - lineOf(0).returned;
    expect([more[lineOf(0).lineId], fewer[lineOf(0).lineId]]).toEqual([left, 0]);
  });

  it('is worth what the core says for so many pieces, not a product of prices', () => {
    const worth_fen = [press({}, 0, 1), press({}, 0, 1, 1)].map((one) => backOf_fen(one, lineOf(0)));
    expect(worth_fen).toEqual(lineOf(0).back_fen.slice(0, 2));
  });

  it('whole is all that is left, and names only lines that bring something', () => {
    const all = everything(found);
    const worth_fen = found.lines.map((line) => backOf_fen(all, line));
    expect(worth_fen).toEqual(found.lines.map((line) => line.back_fen.at(-1) ?? 0));
    expect(linesOf(all, found).every(({ quantity }) => quantity > 0)).toBe(true);
  });

  it('is asked for with how many of it were back when it was chosen', () => {
    const left = found.lines.filter(({ quantity, returned }) => returned < quantity);
    expect(linesOf(everything(found), found)).toEqual(
      left.map(({ lineId, quantity, returned }) => ({ lineId, quantity: quantity - returned, returned })),
    );
  });
});
