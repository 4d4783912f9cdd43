// ESC/POS byte sequences by name. Source: Epson ESC/POS command reference; reference devices 2.3, 3.1, 3.2.

const bytes = (...values: number[]): Uint8Array => Uint8Array.from(values);

/** ESC @: back to power-on settings, print buffer cleared. Re-enters neither nor leaves Hanzi mode reliably. */
export const initialise = bytes(0x1b, 0x40);
/**
 * Ends whatever command it may be in the middle of, whose data is no longer than this: what is missing of a picture is white, what is missing of
 * a number is nought, and by itself a NUL means nothing. Then ESC @.
 */
export const outOfCommand = (longestData_bytes: number): Uint8Array =>
  bytes(...new Uint8Array(longestData_bytes), ...initialise);
/** FS &: select Hanzi mode; after every ESC @, since clones differ in their default. */
export const selectHanzi = bytes(0x1c, 0x26);
/** ESC E n: emphasis. */
export const bold = (on: boolean): Uint8Array => bytes(0x1b, 0x45, on ? 1 : 0);
/** GS B n: white on black. */
export const reverse = (on: boolean): Uint8Array => bytes(0x1d, 0x42, on ? 1 : 0);
/** GS ! n: character size, bits 4-6 width - 1, bits 0-2 height - 1; for Hanzi too. */
export const characterSize = (size: 1 | 2): Uint8Array => bytes(0x1d, 0x21, size === 2 ? 0x11 : 0x00);
/** FS ! n: Hanzi size on clones whose Hanzi ignore GS ! (bit 2 double width, bit 3 double height). */
export const hanziSize = (size: 1 | 2): Uint8Array => bytes(0x1c, 0x21, size === 2 ? 0x0c : 0x00);
/** GS V 66 n: feed to the cutter and cut, leaving one point uncut. */
export const feedAndCut = bytes(0x1d, 0x56, 0x42, 0x00);

/** ESC 2: default line spacing. */
export const defaultLineSpacing = bytes(0x1b, 0x32);

// GS ( k pL pH cn=49 fn ...: two-dimensional symbols, QR code.
/** fn 165: model 2. */
export const qrModel2 = bytes(0x1d, 0x28, 0x6b, 0x04, 0x00, 0x31, 0x41, 0x32, 0x00);
/** fn 167: dots per module, 1-16. */
export const qrModuleSize = (dots: number): Uint8Array =>
  bytes(0x1d, 0x28, 0x6b, 0x03, 0x00, 0x31, 0x43, dots);
/** fn 169: error correction M (49). */
export const qrCorrectionM = bytes(0x1d, 0x28, 0x6b, 0x03, 0x00, 0x31, 0x45, 0x31);
/** fn 180: store; the length counts bytes, plus cn, fn and m. */
export function qrStore(data: Uint8Array): Uint8Array {
  const length = data.length + 3;
  return bytes(0x1d, 0x28, 0x6b, length & 0xff, length >> 8, 0x31, 0x50, 0x30, ...data);
}
/** fn 181: print what was stored. */
export const qrPrint = bytes(0x1d, 0x28, 0x6b, 0x03, 0x00, 0x31, 0x51, 0x30);

/** GS H 2: human-readable text below the bar code. */
export const barcodeTextBelow = bytes(0x1d, 0x48, 0x02);
/** GS h n: bar code height in dots. */
export const barcodeHeight = (dots: number): Uint8Array => bytes(0x1d, 0x68, dots);
/** GS w n: dots per module; 1 is not in every printer's table but in Epson's TM-T88 one (1-6). */
export const barcodeWidth = (dots: number): Uint8Array => bytes(0x1d, 0x77, dots);
/** GS k 73 n: CODE128; `data` with its {A {B {C prefixes, its real length in n. */
export const code128 = (data: Uint8Array): Uint8Array => bytes(0x1d, 0x6b, 0x49, data.length, ...data);

/** GS v 0: one raster band; `width` in bytes, `height` in dots. */
export function raster(width_bytes: number, height: number, data: Uint8Array): Uint8Array {
  const head = [0x1d, 0x76, 0x30, 0x00, width_bytes & 0xff, width_bytes >> 8, height & 0xff, height >> 8];
  return bytes(...head, ...data);
}

/** ESC p m t1 t2: drawer pulse, in order, so not before a stopped printer goes on; times in 2 ms. */
export const drawerPulse = (pin: 2 | 5, on_ms: number, off_ms: number): Uint8Array =>
  bytes(0x1b, 0x70, pin === 2 ? 0 : 1, pulseUnits(on_ms), pulseUnits(off_ms));
const pulseUnits = (duration_ms: number): number => Math.max(1, Math.min(255, Math.round(duration_ms / 2)));
/** DLE DC4 1 m t: drawer pulse at once, even off-line or with a full buffer; on and off t x 100 ms, t 1-8. */
export const drawerPulseNow = (pin: 2 | 5, on_ms: number): Uint8Array =>
  bytes(0x10, 0x14, 0x01, pin === 2 ? 0 : 1, Math.max(1, Math.min(8, Math.round(on_ms / 100))));

/** DLE EOT n: real-time status 1 printer, 2 offline cause, 3 error cause, 4 paper. */
export const realTimeStatus = (n: 1 | 2 | 3 | 4): Uint8Array => bytes(0x10, 0x04, n);
/** GS r 1: paper status, answered in order after all data before it. */
export const orderedPaperStatus = bytes(0x1d, 0x72, 0x01);
/** GS I n: one field of the identity, `5F text 00`: 65 firmware, 66 maker, 67 model, 68 serial number. */
export const identity = (n: 65 | 66 | 67 | 68): Uint8Array => bytes(0x1d, 0x49, n);
/** GS a n: automatic status back on online, error and paper changes (2 + 4 + 8). */
export const automaticStatus = bytes(0x1d, 0x61, 0x0e);
/** GS ( H fn 48: answers 37 22 id 00 when all printing before it is completed. `id`: four bytes 32-126. */
export const processId = (id: Uint8Array): Uint8Array =>
  bytes(0x1d, 0x28, 0x48, 0x06, 0x00, 0x30, 0x30, ...id);
/** DLE DC4 8: clear all buffers, at once. The seven argument bytes are fixed. */
export const clearBuffers = bytes(0x10, 0x14, 0x08, 0x01, 0x03, 0x14, 0x01, 0x06, 0x02, 0x08);
