// A printed paper as the bench shows it: its picture, and where a scanner can read something on it.
import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { basename, join } from 'node:path';
import { interpret } from '../../../fixtures/devices/printer/interpret.ts';
import { symbolSheet } from '../../../fixtures/devices/printer/symbol-boxes.ts';
import { textOf } from '../../../fixtures/devices/printer/display-list.ts';
import type { PaperView } from '../../../fixtures/lab/shared/view.ts';

/** Named with its time: after an emptying the same number is another paper, and the page keeps pictures it has seen. */
export function pictureName(file: string): string {
  return `${basename(file)}?${Math.round(statSync(file).mtimeMs)}`;
}

/** From the bytes that the printer kept. */
export function paperOf(number: number, binFile: string, isDrawn: boolean): PaperView {
  const { items } = interpret(readFileSync(binFile));
  const { width_dots, height_dots, boxes } = symbolSheet(items);
  const text = items.filter((item) => item.kind === 'line').map(textOf);
  return {
    number,
    picture: isDrawn ? pictureName(binFile.replace(/\.bin$/, '.png')) : null,
    text: text.join('\n'),
    isCut: items.some((item) => item.kind === 'cut'),
    symbols: boxes.map((box) => ({
      text: box.text,
      kind: box.kind,
      left: box.left_dots / width_dots,
      top: box.top_dots / height_dots,
      width: box.width_dots / width_dots,
      height: box.height_dots / height_dots,
    })),
  };
}

/** What earlier runs printed into the same folder, newest first. */
export function earlierPapers(folder: string, limit: number): PaperView[] {
  const names = readdirSync(folder).filter((name) => /^\d{4,}\.bin$/.test(name));
  return names
    .toSorted()
    .slice(-limit)
    .reverse()
    .map((name) => {
      const file = join(folder, name);
      return paperOf(Number(name.slice(0, -4)), file, existsSync(file.replace(/\.bin$/, '.png')));
    });
}
