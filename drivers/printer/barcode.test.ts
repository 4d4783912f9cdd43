// Bar codes on 80 and 58 mm, read back from the bars by the virtual printer's own reader.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Item } from '../../fixtures/devices/printer/display-list.ts';
import { interpret } from '../../fixtures/devices/printer/interpret.ts';
import { barcodesOf } from '../../fixtures/devices/printer/read-barcode.ts';
import { textOf } from '../../fixtures/devices/printer/display-list.ts';
import { encodeReceipt } from './encode.ts';
import { printerProfiles, type PrinterProfile } from './profile.ts';

const seed = Number(process.env['SEED'] ?? Date.now() % 1_000_000_007);
console.log(`barcode.test seed ${seed}`);

const { generic80, epson80, generic58 } = printerProfiles;
/** A 58 mm printer that has bar codes of its own. */
const native58: PrinterProfile = { ...generic58, barcode: 'native' };
const profiles = [
  ['80 mm', generic80, 3],
  ['Epson 80 mm', epson80, 3],
  ['58 mm', generic58, 2],
  ['58 mm, native', native58, 2],
] as const;

function print(data: string, profile: PrinterProfile): readonly Item[] {
  const document = { receiptId: 'r1', number: '000001', blocks: [{ kind: 'barcode' as const, data }] };
  const { items, faults } = interpret(encodeReceipt(document, profile, 0));
  expect(faults).toEqual([]);
  return items;
}

const symbolOf = (items: readonly Item[]) =>
  items.find((item) => item.kind === 'barcode' || item.kind === 'raster');

/** Dots of the bars, and of one module. */
function sizeOf(items: readonly Item[]): { width: number; module: number } {
  const symbol = symbolOf(items);
  if (symbol?.kind === 'barcode') {
    const modules = symbol.widths.reduce((sum, width) => sum + width, 0);
    return { width: modules * symbol.module_dots, module: symbol.module_dots };
  }
  return { width: symbol?.kind === 'raster' ? symbol.width_dots : 0, module: 2 };
}

describe.each(profiles)('on %s', (_name, profile, module) => {
  it.each(['R00100000CK7', 'T01-000042', '1234567890', '0', 'a{b'])(
    '%s is read back, with its text',
    (data) => {
      const items = print(data, profile);
      expect(barcodesOf(items)).toEqual([data]);
      expect(items.map(textOf).join('')).toBe(data);
    },
  );

  it('R00100000CK7, as receipts have it, fits with its quiet zones, in modules a scanner can see', () => {
    const size = sizeOf(print('R00100000CK7', profile));
    // a picture is rounded up to whole bytes
    expect(size.width + 20 * module).toBeLessThanOrEqual(profile.dots + 7);
    expect(size.module).toBe(module);
    expect(symbolOf(print('R00100000CK7', profile))).toMatchObject({ align: 'center', height_dots: 80 });
  });

  it('any alphanumeric of up to twelve characters', () => {
    const character = fc.constantFrom(...'ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789');
    const data = fc.string({ unit: character, minLength: 1, maxLength: 12 });
    fc.assert(
      fc.property(data, (text) => {
        expect(barcodesOf(print(text, profile))).toEqual([text]);
      }),
      { seed },
    );
  });
});

it('one that would need bars of a single dot in a picture becomes text', () => {
  const items = print('R00100000C-LONGER', generic58);
  expect(symbolOf(items)).toBeUndefined();
  expect(items.map(textOf).join('')).toBe('R00100000C-LONGER');
});
