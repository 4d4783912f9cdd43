// The bench's receipt by four npm encoders, each used as its own documentation shows. All get the same texts; their own idea of
// columns is theirs.
import { createRequire } from 'node:module';
import { COLUMNS, endPairs, headLines, pairs, qrText, soldItems, thanks, total } from './bench-receipt.ts';
import { requirePeer } from './peers.ts';

export type PeerReceipt = { name: string; make: () => Promise<Uint8Array> | Uint8Array };

/** What a package that counts characters and not columns can do. */
function byLength(one: string, other: string): string {
  return one + ' '.repeat(Math.max(1, COLUMNS - one.length - other.length)) + other;
}

const allPairs = (): readonly (readonly [string, string])[] =>
  soldItems.flatMap(({ name, quantity, unitPrice, amount }) => [
    [name, ''] as const,
    [`  ${quantity} x ${unitPrice}`, amount] as const,
  ]);

type EscposPrinter = {
  align(where: 'ct' | 'lt'): EscposPrinter;
  text(text: string): EscposPrinter;
  drawLine(): EscposPrinter;
  qrcode(text: string, version: number, level: string, size: number): EscposPrinter;
  cut(): EscposPrinter;
  flush(): EscposPrinter;
};
type Adapter = { write(bytes: Buffer): void };
/** The product's own copy, used as it comes. */
const WholeEscpos = createRequire(import.meta.url)('escpos/printer.js') as new (
  adapter: Adapter,
) => EscposPrinter;

function byEscpos(): Uint8Array {
  const written: Buffer[] = [];
  const printer = new WholeEscpos({ write: (bytes) => void written.push(bytes) });
  printer.align('ct');
  for (const head of headLines) printer.text(head);
  printer.align('lt');
  for (const [one, other] of pairs) printer.text(byLength(one, other));
  printer.drawLine();
  for (const [one, other] of allPairs()) printer.text(byLength(one, other));
  printer.drawLine();
  for (const [one, other] of [total, ...endPairs]) printer.text(byLength(one, other));
  printer.align('ct');
  printer.text(thanks).qrcode(qrText, 3, 'M', 8).cut();
  printer.flush();
  return Buffer.concat(written);
}

type ThermalPrinter = {
  alignCenter(): void;
  alignLeft(): void;
  println(text: string): void;
  leftRight(left: string, right: string): void;
  drawLine(): void;
  printQR(text: string, settings: object): Promise<void>;
  cut(): void;
  getBuffer(): Buffer;
};
type ThermalModule = {
  ThermalPrinter: new (settings: object) => ThermalPrinter;
  PrinterTypes: { EPSON: string };
  CharacterSet: { CHINA: string };
};

function thermal(): PeerReceipt['make'] {
  const { ThermalPrinter, PrinterTypes, CharacterSet } = requirePeer('node-thermal-printer') as ThermalModule;
  return async () => {
    const settings = { type: PrinterTypes.EPSON, interface: 'tcp://127.0.0.1:9', width: COLUMNS };
    const printer = new ThermalPrinter({ ...settings, characterSet: CharacterSet.CHINA });
    printer.alignCenter();
    for (const head of headLines) printer.println(head);
    printer.alignLeft();
    for (const [one, other] of pairs) printer.leftRight(one, other);
    printer.drawLine();
    for (const [one, other] of allPairs())
      if (other === '') printer.println(one);
      else printer.leftRight(one, other);
    printer.drawLine();
    for (const [one, other] of [total, ...endPairs]) printer.leftRight(one, other);
    printer.alignCenter();
    printer.println(thanks);
    await printer.printQR(qrText, { cellSize: 8, correction: 'M', model: 2 });
    printer.cut();
    return printer.getBuffer();
  };
}

function receiptline(): PeerReceipt['make'] {
  const { transform } = requirePeer('receiptline') as {
    transform(document: string, printer: object): string;
  };
  const row = ([one, other]: readonly [string, string]) => (other === '' ? `|${one}` : `${one} | ${other}`);
  return () => {
    const lines = [
      ...headLines,
      ...pairs.map(row),
      '---',
      ...allPairs().map(row),
      '---',
      ...[total, ...endPairs].map(row),
      thanks,
      `{code:${qrText.replace(/[:]/g, '\\$&')}; option:qrcode,8,M}`,
      '=',
    ];
    const text = transform(lines.join('\n'), { cpl: COLUMNS, encoding: 'gb18030', command: 'escpos' });
    return Buffer.from(text, 'binary');
  };
}

type Encoder = {
  initialize(): Encoder;
  codepage(name: string): Encoder;
  align(where: 'left' | 'center'): Encoder;
  line(text: string): Encoder;
  rule(): Encoder;
  table(columns: readonly object[], rows: readonly (readonly string[])[]): Encoder;
  qrcode(text: string, settings: object): Encoder;
  cut(): Encoder;
  encode(): Uint8Array;
};

/** Has no code page with Hanzi: it prints "?". */
function pointOfSale(): PeerReceipt['make'] {
  const loaded = requirePeer('@point-of-sale/receipt-printer-encoder') as {
    default?: new (settings: object) => Encoder;
  } & (new (
    settings: object,
  ) => Encoder);
  const PointOfSaleEncoder = loaded.default ?? loaded;
  const columns = [
    { width: 30, align: 'left' },
    { width: 18, align: 'right' },
  ];
  const rows = (some: readonly (readonly [string, string])[]) => some.map(([one, other]) => [one, other]);
  return () => {
    const encoder = new PointOfSaleEncoder({ language: 'esc-pos', columns: COLUMNS });
    encoder.initialize().codepage('cp437').align('center');
    for (const head of headLines) encoder.line(head);
    encoder.align('left').table(columns, rows(pairs)).rule().table(columns, rows(allPairs())).rule();
    encoder
      .table(columns, rows([total, ...endPairs]))
      .align('center')
      .line(thanks);
    return encoder.qrcode(qrText, { model: 2, size: 8, errorlevel: 'm' }).cut().encode();
  };
}

export function peerReceipts(): PeerReceipt[] {
  return [
    { name: 'escpos 2.5.2', make: byEscpos },
    { name: 'node-thermal-printer 4.6.1', make: thermal() },
    { name: 'receiptline 4.0.4', make: receiptline() },
    { name: 'receipt-printer-encoder 4.0.1 (no Hanzi)', make: pointOfSale() },
  ];
}
