// A QR code as a drawing: one path of its dark modules. The strict policy allows no picture from elsewhere.
import { encode } from 'uqr';

/** Light modules around it: a reader needs four to find it. */
const QUIET_modules = 4;

/** `size`: modules of a side, the quiet zone with it. */
export type QrDrawing = { size: number; path: string };

/** Level M, as on paper: a quarter of it may be a reflection of the ceiling. */
export function qrDrawing(content: string): QrDrawing {
  const { data, size } = encode(content, { ecc: 'M', border: QUIET_modules });
  const runs = data.flatMap((row, y) => runsOf(row).map(([x, width]) => `M${x} ${y}h${width}v1h-${width}z`));
  return { size, path: runs.join('') };
}

/** Where dark modules begin in a row, and how many stand together. */
function runsOf(row: readonly boolean[]): [number, number][] {
  const runs: [number, number][] = [];
  for (let x = 0; x < row.length; x += 1) {
    const last = runs.at(-1);
    if (!row[x]) continue;
    if (last !== undefined && last[0] + last[1] === x) last[1] += 1;
    else runs.push([x, 1]);
  }
  return runs;
}

/** Whole pixels for each module, so that every one is as wide as the next; never below one. */
export function modulePixels(size: number, side_px: number): number {
  return Math.max(1, Math.floor(side_px / size));
}

/** What a code on the cashier's screen gets, quiet zone included: 60 mm, but never more than two fifths of the screen's height. */
export function codeSide_px(pxPerMm: number, screenHeight_px: number): number {
  return Math.min(60 * pxPerMm, screenHeight_px * 0.41);
}
