import { describe, expect, it } from 'vitest';
import { foundSale as found } from '../../preview/found.ts';
import {
  backSum_fen,
  cashOf_fen,
  everything,
  linesOf,
  splitOver,
  stepped,
  type Selection,
} from './selection.ts';

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

  it('gives back what the core says for so many pieces, not a product of prices', () => {
    const one = press({}, 0, 1);
    const two = press({}, 0, 1, 1);
    expect([backSum_fen(one, found), backSum_fen(two, found)]).toEqual(lineOf(0).back_fen.slice(0, 2));
  });

  it('whole is the sum of all that is left, and names only lines that bring something', () => {
    const all = everything(found);
    const sum_fen = found.lines.reduce((sum, line) => sum + (line.back_fen.at(-1) ?? 0), 0);
    expect(backSum_fen(all, found)).toBe(sum_fen);
    expect(linesOf(all, found).every(({ quantity }) => quantity > 0)).toBe(true);
  });

  it('goes to the wallets first, up to their caps, and the rest in cash', () => {
    const [wallet] = found.tenders;
    const { parts, missing_fen } = splitOver(found.tenders, (wallet?.left_fen ?? 0) + 300);
    expect({ back: parts.map(({ back_fen }) => back_fen), cash: cashOf_fen(parts), missing_fen }).toEqual({
      back: [wallet?.left_fen, 300],
      cash: 300,
      missing_fen: 0,
    });
  });

  it('says what no tender can take', () => {
    const left_fen = found.tenders.reduce((sum, tender) => sum + tender.left_fen, 0);
    expect(splitOver(found.tenders, left_fen + 5).missing_fen).toBe(5);
  });
});
