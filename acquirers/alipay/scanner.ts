// The members of a JSON object as the very text that stands in it. Alipay signs the text of one member, so that member must be
// cut out as it came, never parsed and written again; a brace or a quote inside of a string must not fool the cut.

function afterSpace(text: string, from: number): number {
  let at = from;
  while (' \t\r\n'.includes(text[at] ?? 'x')) at += 1;
  return at;
}

/** Behind the closing quote of the string that opens at `from`; null when it never closes. */
function afterString(text: string, from: number): number | null {
  for (let at = from + 1; at < text.length; at += 1) {
    if (text[at] === '\\') at += 1;
    else if (text[at] === '"') return at + 1;
  }
  return null;
}

/** Behind the object or array that opens at `from`. Whether its brackets fit is for the JSON parser to say. */
function afterNest(text: string, from: number): number | null {
  let depth = 0;
  let at = from;
  while (at < text.length) {
    const sign = text[at];
    if (sign === '"') {
      const end = afterString(text, at);
      if (end === null) return null;
      at = end;
      continue;
    }
    if (sign === '{' || sign === '[') depth += 1;
    if (sign === '}' || sign === ']') depth -= 1;
    at += 1;
    if (depth === 0) return at;
  }
  return null;
}

function afterValue(text: string, from: number): number | null {
  const first = text[from];
  if (first === '"') return afterString(text, from);
  if (first === '{' || first === '[') return afterNest(text, from);
  const word = /[-+.0-9A-Za-z]*/y;
  word.lastIndex = from;
  const length = word.exec(text)?.[0].length ?? 0;
  return length === 0 ? null : from + length;
}

/**
 * Member name -> its value's text, as it stands between the colon and the comma, without outer white space.
 * Null when the text is no single JSON object, or when a name stands in it twice or with an escape: then it is not clear which
 * value was meant.
 */
export function memberTexts(text: string): ReadonlyMap<string, string> | null {
  const members = new Map<string, string>();
  let at = afterSpace(text, 0);
  if (text[at] !== '{') return null;
  at = afterSpace(text, at + 1);
  while (text[at] === '"') {
    const nameEnd = afterString(text, at);
    if (nameEnd === null) return null;
    const name = text.slice(at + 1, nameEnd - 1);
    const colon = afterSpace(text, nameEnd);
    if (text[colon] !== ':' || name.includes('\\') || members.has(name)) return null;
    const start = afterSpace(text, colon + 1);
    const end = afterValue(text, start);
    if (end === null) return null;
    members.set(name, text.slice(start, end));
    at = afterSpace(text, end);
    if (text[at] !== ',') break;
    at = afterSpace(text, at + 1);
    if (text[at] !== '"') return null;
  }
  return text[at] === '}' && afterSpace(text, at + 1) === text.length ? members : null;
}
