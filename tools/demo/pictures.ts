// Are the pictures pictures? Right size, not blank, no two alike, none missing.
import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { basename } from 'node:path';
import { PNG } from 'pngjs';

/** A screen of text on plain ground has many hundreds; a blank or a single box has a handful. */
const COLOURS_MIN = 60;

function coloursOf(png: PNG): number {
  const colours = new Set<number>();
  for (let offset = 0; offset < png.data.length; offset += 4) colours.add(png.data.readUInt32BE(offset));
  return colours.size;
}

/** One line per problem. `files` are all pictures that the steps must have taken. */
export function pictureProblems(files: readonly string[], size: { width: number; height: number }): string[] {
  const seen = new Map<string, string>();
  return files.flatMap((file) => {
    const name = basename(file);
    let png: PNG;
    try {
      png = PNG.sync.read(readFileSync(file));
    } catch (error) {
      return [`${name}: ${error instanceof Error ? error.message : String(error)}`];
    }
    const problems: string[] = [];
    if (png.width !== size.width || png.height !== size.height)
      problems.push(`${name}: ${png.width}x${png.height}`);
    if (coloursOf(png) < COLOURS_MIN) problems.push(`${name}: nearly blank (${coloursOf(png)} colours)`);
    const digest = createHash('sha256').update(png.data).digest('hex');
    const twin = seen.get(digest);
    if (twin !== undefined) problems.push(`${name}: the same picture as ${twin}`);
    seen.set(digest, name);
    return problems;
  });
}

const PAPER_WIDTH_dots = 576;
/** Share of black dots on a printed receipt: a blank paper has none, a black one is no receipt. */
const INK_MIN = 0.02;
const INK_MAX = 0.5;

/** One line per receipt picture that is not a picture of a receipt. */
export function paperProblems(files: readonly string[]): string[] {
  return files.flatMap((file) => {
    const { width, height, data } = PNG.sync.read(readFileSync(file));
    let dark = 0;
    for (let offset = 0; offset < data.length; offset += 4)
      if ((data[offset] ?? 255) < 128 && data[offset + 3] !== 0) dark += 1;
    const ink = dark / (width * height);
    if (width === PAPER_WIDTH_dots && ink > INK_MIN && ink < INK_MAX) return [];
    return [`${basename(file)}: ${width} dots wide, ${(ink * 100).toFixed(1)} % black`];
  });
}
