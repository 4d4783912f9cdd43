// A CODE128 bar code as ESC/POS bytes, sized to the paper: the printer's own, or a picture.
import { code128Modules, code128Segments, code128Values, code128Width, type Segment } from './code128.ts';
import * as command from './commands.ts';
import type { PrinterProfile } from './profile.ts';

const height = 80;
/** Ten modules of quiet zone on each side (ISO/IEC 15417). */
const quietModules = 20;
const widestModule = 3;

/** What GS k 73 wants: {B or {C before each part, a brace doubled. */
function nativeData(segments: readonly Segment[]): Uint8Array {
  const bytes = segments.flatMap(({ set, values }) => {
    const own = set === 'C' ? values : values.map((value) => value + 32);
    return [
      0x7b,
      set.charCodeAt(0),
      ...own.flatMap((byte) => (set === 'B' && byte === 0x7b ? [byte, byte] : [byte])),
    ];
  });
  return Uint8Array.from(bytes);
}

function native(segments: readonly Segment[], module: number): Uint8Array | null {
  const data = nativeData(segments);
  if (data.length > 255) return null;
  return Buffer.concat([
    command.barcodeTextBelow,
    command.barcodeHeight(height),
    command.barcodeWidth(module),
    command.code128(data),
  ]);
}

/**
 * Modules of two dots only, from an even place: a byte is then made of pairs and never 10, 04, 05 or 14, which a printer
 * would obey (DLE EOT, DLE ENQ, DLE DC4) even inside a picture.
 */
function picture(modules: readonly boolean[], module: number): Uint8Array | null {
  if (module < 2) return null;
  const width_bytes = Math.ceil((modules.length * 2) / 8);
  const row = new Uint8Array(width_bytes);
  modules.forEach((isBar, index) => {
    if (isBar) row[index >> 2] = (row[index >> 2] ?? 0) | (0xc0 >> ((index & 3) * 2));
  });
  return command.raster(width_bytes, height, Buffer.concat(Array.from({ length: height }, () => row)));
}

/** Null when `data` has characters outside ASCII, or does not fit the paper. A picture has no text below it. */
export function barcodeBytes(data: string, profile: PrinterProfile): Uint8Array | null {
  if (!/^[\x20-\x7e]+$/.test(data)) return null;
  const segments = code128Segments(data);
  const values = code128Values(segments);
  const module = Math.min(widestModule, Math.floor(profile.dots / (code128Width(values) + quietModules)));
  if (module < 1) return null;
  return profile.barcode === 'native' ? native(segments, module) : picture(code128Modules(values), module);
}
