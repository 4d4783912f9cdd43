// A message of ACP as text: a request is a form; an answer looks like one, but nothing in it is encoded. Pure.
// Source: the SDK's SDKUtil.parseQString, as public code 42599298375 and 26062888049 keep it.
import type { Fields } from './signature.ts';

export function formOf(fields: Fields): Buffer {
  return Buffer.from(new URLSearchParams(fields).toString(), 'latin1');
}

/** What UnionPay sends by itself is a form, encoded. Null: a name that stands there twice. */
export function readForm(text: string): Fields | null {
  const pairs = [...new URLSearchParams(text)];
  const fields = Object.fromEntries(pairs);
  return pairs.length === Object.keys(fields).length ? fields : null;
}

const closers: Readonly<Record<string, string>> = { '{': '}', '[': ']' };

/** Cut at each `&` that stands in no bracket: some values are messages of their own. */
function pairsOf(text: string): string[] {
  const pairs: string[] = [];
  let from = 0;
  let closer: string | null = null;
  for (let at = 0; at < text.length; at += 1) {
    const sign = text[at] ?? '';
    if (closer !== null) closer = sign === closer ? null : closer;
    else if (sign === '&') {
      pairs.push(text.slice(from, at));
      from = at + 1;
    } else closer = closers[sign] ?? null;
  }
  return [...pairs, text.slice(from)];
}

/** Null: no such message. A name that stands there twice makes it none. */
export function readFields(text: string): Fields | null {
  const fields = new Map<string, string>();
  for (const pair of pairsOf(text)) {
    const equals = pair.indexOf('=');
    const name = pair.slice(0, equals);
    if (equals < 1 || !/^[A-Za-z]\w{0,63}$/.test(name) || fields.has(name)) return null;
    fields.set(name, pair.slice(equals + 1));
  }
  return Object.fromEntries(fields);
}
