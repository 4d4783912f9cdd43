// The chain names the record that was altered, dropped or moved: first, middle and last.
import { createHash } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { chainHash, GENESIS, type JournalRow, verifyChain } from './chain.ts';

const LENGTH = 9;

function chainOf(length: number): JournalRow[] {
  const rows: JournalRow[] = [];
  let previous = GENESIS;
  for (let sequence = 1; sequence <= length; sequence += 1) {
    const row = {
      sequence,
      at: '2026-11-23T10:00:00.000Z',
      type: 'sale.tendering',
      body: `{"saleId":"S${sequence}"}`,
    };
    previous = chainHash(previous, row);
    rows.push({ ...row, hash: previous });
  }
  return rows;
}

const places = [
  ['first', 0],
  ['middle', 4],
  ['last', LENGTH - 1],
] as const;

describe('verifyChain', () => {
  it('takes a sound chain and returns its head', () => {
    const rows = chainOf(LENGTH);
    expect(verifyChain(rows)).toEqual({ sequence: LENGTH, hash: rows.at(-1)?.hash, fault: null });
    expect(verifyChain([])).toEqual({ sequence: 0, hash: GENESIS, fault: null });
  });

  it('hashes previous hash, sequence, time, type and body, parted by newlines', () => {
    const row = { sequence: 1, at: 'T', type: 'x', body: '{}' };
    const text = `${'0'.repeat(64)}\n1\nT\nx\n{}`;
    expect(chainHash(GENESIS, row)).toBe(createHash('sha256').update(text).digest('hex'));
  });

  describe.each(places)('the %s record', (_place, index) => {
    it.each(['at', 'type', 'body', 'hash'] as const)('altered in its %s', (field) => {
      const rows = chainOf(LENGTH);
      const value = field === 'hash' ? GENESIS.replace('0', '1') : `${rows[index]?.[field] ?? ''} `;
      const altered = rows.map((row, at) => (at === index ? { ...row, [field]: value } : row));
      expect(verifyChain(altered).fault).toMatchObject({ sequence: index + 1, problem: 'altered' });
    });

    it.each(['at', 'type', 'body', 'hash'] as const)(
      'with its %s as the same bytes, and no text',
      (field) => {
        const rows = chainOf(LENGTH);
        const bytes = Buffer.from(rows[index]?.[field] ?? '') as unknown as string;
        const altered = rows.map((row, at) => (at === index ? { ...row, [field]: bytes } : row));
        expect(verifyChain(altered).fault).toMatchObject({ sequence: index + 1, problem: 'altered' });
      },
    );

    it('missing', () => {
      const rows = chainOf(LENGTH + 1);
      rows.splice(index, 1);
      expect(verifyChain(rows).fault).toMatchObject({ sequence: index + 1, problem: 'missing' });
    });

    it('missing, with the later ones renumbered', () => {
      const rows = chainOf(LENGTH + 1);
      rows.splice(index, 1);
      const renumbered = rows.map((row, at) => ({ ...row, sequence: at + 1 }));
      expect(verifyChain(renumbered).fault).toMatchObject({ sequence: index + 1, problem: 'altered' });
    });

    it('moved behind the next one', () => {
      const rows = chainOf(LENGTH + 1);
      const moved = rows.splice(index, 1);
      rows.splice(index + 1, 0, ...moved);
      expect(verifyChain(rows).fault).toMatchObject({ sequence: index + 1 });
    });

    it('there twice', () => {
      const rows = chainOf(LENGTH);
      const [row] = rows.slice(index, index + 1);
      if (row) rows.splice(index, 0, row);
      expect(verifyChain(rows).fault).toMatchObject({ sequence: index + 2, problem: 'reordered' });
    });
  });

  it('finds any one change of one character anywhere', () => {
    fc.assert(
      fc.property(
        fc.nat(LENGTH - 1),
        fc.constantFrom('at', 'type', 'body'),
        fc.nat(60),
        (index, field, place) => {
          const rows = chainOf(LENGTH);
          const changed = rows.map((row, at) => {
            if (at !== index) return row;
            const text = row[field];
            const cut = place % text.length;
            const other = text[cut] === '!' ? '?' : '!';
            return { ...row, [field]: `${text.slice(0, cut)}${other}${text.slice(cut + 1)}` };
          });
          expect(verifyChain(changed).fault?.sequence).toBe(index + 1);
        },
      ),
    );
  });
});
