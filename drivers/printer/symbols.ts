// QR codes and CODE128 as ESC/POS bytes, sized to the paper. Null where the data can't be such a symbol.
import qrImage from 'qr-image';
import * as command from './commands.ts';
import type { PrinterProfile } from './profile.ts';

/** Bytes that fit QR versions 1-20 at level M (ISO/IEC 18004 table 7). */
const qrCapacityM = [
  14, 26, 42, 62, 84, 106, 122, 152, 180, 213, 251, 287, 331, 362, 412, 450, 504, 560, 624, 666,
];
const largestModule = 8;

/** The payload without control characters: 10 04 n inside it would be obeyed as a real-time command. */
function qrPayload(data: string): Uint8Array {
  return new TextEncoder().encode(data.toWellFormed().replace(/[\u0000-\u001f\u007f]/g, ''));
}

function qrModuleDots(modules: number, dots: number): number {
  // four modules of quiet zone on each side, and no more than two thirds of the paper
  return Math.max(1, Math.min(largestModule, Math.floor((dots * 2) / 3 / (modules + 8))));
}

function nativeQr(payload: Uint8Array, version: number, profile: PrinterProfile): Uint8Array {
  return Buffer.concat([
    command.qrModel2,
    command.qrModuleSize(qrModuleDots(17 + 4 * version, profile.dots)),
    command.qrCorrectionM,
    command.qrStore(payload),
    command.qrPrint,
  ]);
}

/** Keeps a raster band free of real-time sequences (DLE EOT, DLE ENQ, DLE DC4), which printers obey inside graphics. */
function defuse(data: Uint8Array): void {
  for (let at = 0; at + 1 < data.length; at += 1) {
    const next = data[at + 1];
    // one dot more in a QR module is corrected by the symbol itself
    if (data[at] === 0x10 && (next === 0x04 || next === 0x05 || next === 0x14)) data[at] = 0x18;
  }
}

function rasterQr(payload: Uint8Array, profile: PrinterProfile): Uint8Array {
  const rows = qrImage.matrix(Buffer.from(payload).toString(), 'M');
  const scale = qrModuleDots(rows.length, profile.dots);
  const width_bytes = Math.ceil((rows.length * scale) / 8);
  const bands = rows.map((row) => {
    const line = new Uint8Array(width_bytes);
    for (let dot = 0; dot < row.length * scale; dot += 1) {
      if (row[Math.floor(dot / scale)]) line[dot >> 3] = (line[dot >> 3] ?? 0) | (0x80 >> (dot & 7));
    }
    const data = Buffer.concat(Array.from({ length: scale }, () => line));
    defuse(data);
    return command.raster(width_bytes, scale, data);
  });
  return Buffer.concat(bands);
}

/** A QR code (model 2, level M), or null when empty or over 666 bytes. */
export function qrBytes(data: string, profile: PrinterProfile): Uint8Array | null {
  const payload = qrPayload(data);
  const version = qrCapacityM.findIndex((capacity) => payload.length <= capacity) + 1;
  if (payload.length === 0 || version === 0) return null;
  return profile.qr === 'native' ? nativeQr(payload, version, profile) : rasterQr(payload, profile);
}

/** In code set C the digits 16 20 01 ... are the bytes of DLE DC4 1: they would open the drawer (16 04, 16 05 too). */
function isRealTime(digits: string): boolean {
  return /16(04|05|20)/.test(digits);
}

/** Code set C takes digits in pairs: half the width. An odd digit goes first, in set B. */
function code128Data(data: string): { bytes: Uint8Array; symbols: number } {
  const text = (value: string): number[] => Array.from(value, (character) => character.charCodeAt(0));
  if (!/^[0-9]{4,}$/.test(data) || isRealTime(data)) {
    return {
      bytes: Uint8Array.from([0x7b, 0x42, ...text(data.replaceAll('{', '{{'))]),
      symbols: data.length,
    };
  }
  const odd = data.length % 2;
  const pairs = (data.slice(odd).match(/../g) ?? []).map(Number);
  const head = odd === 1 ? [0x7b, 0x42, ...text(data.slice(0, 1))] : [];
  return { bytes: Uint8Array.from([...head, 0x7b, 0x43, ...pairs]), symbols: pairs.length + 2 * odd };
}

/** A CODE128 with its text below, or null when it has characters outside ASCII or does not fit the paper. */
export function barcodeBytes(data: string, profile: PrinterProfile): Uint8Array | null {
  if (profile.barcode === 'none' || !/^[\x20-\x7e]+$/.test(data)) return null;
  const { bytes, symbols } = code128Data(data);
  // start, check and stop take 11 + 11 + 13 modules, the quiet zones 10 each (ISO/IEC 15417)
  const modules = symbols * 11 + 35 + 20;
  const width = Math.min(3, Math.floor(profile.dots / modules));
  if (width < 1 || bytes.length > 255) return null;
  return Buffer.concat([
    command.barcodeTextBelow,
    command.barcodeHeight(80),
    command.barcodeWidth(width),
    command.code128(bytes),
  ]);
}
