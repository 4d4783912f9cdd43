// Text, commands and other bytes in their order, and pieces that end where they were cut.
import { expect, it } from 'vitest';
import { alignment, ByteBuilder, commandText, lineFeed } from './builder.ts';

const hex = (bytes: Uint8Array): string => Buffer.from(bytes).toString('hex');

it('writes text in GB18030 and other bytes as they are, in order', () => {
  const symbol = Uint8Array.of(0x1d, 0xff, 0x80, 0x00);
  const builder = new ByteBuilder().text(`${alignment.center}奶`).raw(symbol).text(`茶 1${lineFeed}`);
  expect(hex(builder.bytes())).toBe('1b6101 c4cc 1dff8000 b2e8 20310a'.replaceAll(' ', ''));
});

it('aligns as ESC a says', () => {
  const bytes = (text: string) => hex(Buffer.from(text, 'latin1'));
  expect([alignment.left, alignment.center, alignment.right].map(bytes)).toEqual([
    '1b6100',
    '1b6101',
    '1b6102',
  ]);
});

it('cuts pieces by bytes, empty ones too', () => {
  const builder = new ByteBuilder().text('收a').cut().cut().raw(Uint8Array.of(0xff)).text('银').cut();
  const pieces = builder.pieces();
  expect(pieces.map(hex)).toEqual(['cad561', '', 'ffd2f8']);
  expect(hex(Buffer.concat(pieces))).toBe(hex(builder.bytes()));
});

it('takes no text that was not sanitised: its bytes would not be where the pieces are cut', () => {
  expect(() => new ByteBuilder().text('\u00a512').bytes()).toThrow('not sanitised');
});

it('takes a command for text only when all of it is ASCII', () => {
  expect(commandText(Uint8Array.of(0x1b, 0x40))).toBe('\u001b@');
  expect(() => commandText(Uint8Array.of(0x1b, 0x80))).toThrow('not ASCII');
});
