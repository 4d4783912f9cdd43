// The limit of encoding: the bench's receipt written by hand for this one paper and printer, iconv-lite for the Hanzi.
import iconv from 'iconv-lite';
import {
  COLUMNS,
  endPairs,
  headLines,
  pairs,
  qrText,
  type SoldItem,
  soldItems,
  thanks,
  total,
} from './bench-receipt.ts';

const begin = Buffer.from([0x1b, 0x40, 0x1c, 0x26, 0x1b, 0x32]);
const left = Buffer.from([0x1b, 0x61, 0]);
const center = Buffer.from([0x1b, 0x61, 1]);
const large = Buffer.from([0x1d, 0x21, 0x11, 0x1b, 0x45, 1]);
const normal = Buffer.from([0x1b, 0x45, 0, 0x1d, 0x21, 0]);
const cut = Buffer.from([0x1d, 0x56, 0x42, 0]);
const rule = Buffer.from(`${'-'.repeat(COLUMNS)}\n`);
const feed = Buffer.from('\n');

/** Two columns for every two-byte character. */
export function widthOf(text: string): number {
  let width = 0;
  for (let index = 0; index < text.length; index += 1) width += text.charCodeAt(index) < 0x80 ? 1 : 2;
  return width;
}

const line = (text: string): Buffer => iconv.encode(`${text}\n`, 'gb18030');

function justified(one: string, other: string, columns: number): Buffer {
  return line(one + ' '.repeat(Math.max(1, columns - widthOf(one) - widthOf(other))) + other);
}

function itemLines({ name, quantity, unitPrice, amount }: SoldItem): Buffer[] {
  return [line(name), justified(`  ${quantity} x ${unitPrice}`, amount, COLUMNS)];
}

function qrCode(text: string): Buffer {
  const data = Buffer.from(text, 'utf8');
  const length = data.length + 3;
  const head = [0x1d, 0x28, 0x6b, 4, 0, 0x31, 0x41, 0x32, 0, 0x1d, 0x28, 0x6b, 3, 0, 0x31, 0x43, 8];
  const store = [0x1d, 0x28, 0x6b, 3, 0, 0x31, 0x45, 0x31, 0x1d, 0x28, 0x6b, length & 255, length >> 8];
  const print = [0x1d, 0x28, 0x6b, 3, 0, 0x31, 0x51, 0x30];
  return Buffer.concat([Buffer.from([...head, ...store, 0x31, 0x50, 0x30]), data, Buffer.from(print)]);
}

export function handReceipt(): Buffer {
  const pairLine = ([one, other]: readonly [string, string]) => justified(one, other, COLUMNS);
  return Buffer.concat([
    begin,
    center,
    large,
    line(headLines[0] ?? ''),
    normal,
    line(headLines[1] ?? ''),
    left,
    ...pairs.map(pairLine),
    rule,
    ...soldItems.flatMap(itemLines),
    rule,
    large,
    justified(...total, COLUMNS / 2),
    normal,
    ...endPairs.map(pairLine),
    center,
    line(thanks),
    feed,
    qrCode(qrText),
    feed,
    left,
    cut,
  ]);
}
