// QR codes as ESC/POS bytes, sized to the paper. Null where the data can't be such a symbol.
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
