// Text laid out in printer columns: one for ASCII, two for every two-byte character. Input must be sanitised.

/** Columns that `text` takes at size 1, which are its bytes too. In Chinese mode every two-byte code is printed full width. */
export function displayWidth(text: string): number {
  let width = text.length;
  // no sanitised character takes two code units
  for (let at = 0; at < text.length; at += 1) if (text.charCodeAt(at) >= 0x80) width += 1;
  return width;
}

function padEnd(text: string, columns: number): string {
  return text + ' '.repeat(Math.max(0, columns - displayWidth(text)));
}

function padStart(text: string, columns: number): string {
  return ' '.repeat(Math.max(0, columns - displayWidth(text))) + text;
}

export function center(text: string, columns: number): string {
  const spare = Math.max(0, columns - displayWidth(text));
  return padEnd(' '.repeat(Math.floor(spare / 2)) + text, columns);
}

/**
 * Pieces that stay together: ASCII words, single spaces, single wide characters with the closing marks behind, which
 * may not start a line (GB/T 15834).
 */
const pieces = / |[^ ](?:[，。、；：！？）》」』】〉”’…,.;:!?)\]}%]|(?<=[!-~])[!-~])*/g;

/** A piece wider than a line, cut hard. */
function cutHard(piece: string, columns: number): string[] {
  const parts: string[] = [];
  let part = '';
  for (const character of piece) {
    if (part !== '' && displayWidth(part + character) > columns) {
      parts.push(part);
      part = '';
    }
    part += character;
  }
  return [...parts, part];
}

/** Lines of at most `columns` (a two-column character needs `columns` >= 2); never empty, no trailing spaces. */
export function wrap(text: string, columns: number): string[] {
  if (displayWidth(text) <= columns) return [text.trimEnd()];
  const lines: string[] = [];
  let line = '';
  let used = 0;
  const all = (text.match(pieces) ?? []).flatMap((piece) =>
    displayWidth(piece) > columns ? cutHard(piece, columns) : [piece],
  );
  for (const piece of all) {
    const width = displayWidth(piece);
    if (used + width <= columns) {
      line += piece;
      used += width;
    } else {
      lines.push(line.trimEnd());
      line = piece === ' ' ? '' : piece;
      used = piece === ' ' ? 0 : width;
    }
  }
  return [...lines, line.trimEnd()];
}

/** The left column keeps at least this much beside a right column; else the right one gets its own line. */
const leastLeft = 8;

/** `left` wraps; `right` stands on the last line at the right edge and is cut only where it is wider than the paper. */
export function twoColumns(left: string, right: string, columns: number): string[] {
  const rightWidth = displayWidth(right);
  if (rightWidth === 0) return wrap(left, columns);
  if (rightWidth > columns)
    return [...wrap(left, columns), ...wrap(right, columns).map((line) => padStart(line, columns))];
  const room = columns - rightWidth - 1;
  if (room < Math.min(leastLeft, displayWidth(left)))
    return [...wrap(left, columns), padStart(right, columns)];
  const rows = wrap(left, room);
  const last = rows.pop() ?? '';
  return [...rows, last + padStart(right, columns - displayWidth(last))];
}

/** A sold line: the name on its own rows, below it quantity x unit price and the amount. */
export function itemRows(
  item: { name: string; quantity: string; unitPrice: string; amount: string },
  columns: number,
): string[] {
  return [
    ...wrap(item.name, columns),
    ...twoColumns(`  ${item.quantity} x ${item.unitPrice}`, item.amount, columns),
  ];
}
