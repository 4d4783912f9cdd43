// Words that mean too much, and words that mean "not finished".
import { type Finding, matches, type Source } from './source.ts';

const RULES = /^test\/rules\//;

/** Where the banned word is somebody else's name: what the wire and the database library call things. */
const FOREIGN_NAMES: readonly { path: RegExp; names: RegExp }[] = [
  {
    path: /^(acquirers|fixtures\/acquirers|test\/sim\/day\/host|test\/fuzz\/rails)\//,
    names:
      /\b(actualT|t)ransactionAmount\b|\btransaction(CurrencyCode|Time|_id)\b|\btransactions?\\?\/|'transaction'|\bTRANSACTION\./g,
  },
  { path: /^db\//, names: /\bsqlTransaction\b|\.(inT|t)ransaction\b/g },
  { path: /^(db|core\/ports|fixtures|test)\/|\.test\.ts$/, names: /\bSQL transaction\b/g },
];

/** "transaction" means a sale, an SQL unit of work and a card payment at once: say which. */
export function bannedWords(source: Source): Finding[] {
  if (RULES.test(source.path)) return [];
  let text = source.text;
  for (const { path, names } of FOREIGN_NAMES) {
    if (path.test(source.path)) text = text.replace(names, (hit) => ' '.repeat(hit.length));
  }
  const say = (word: string) => `"${word}": say sale, payment, attempt or sqlTransaction`;
  return matches(source, /\w*transaction\w*/gi, say, text);
}

/** Tests that don't run, and promises to finish later. */
export function leftovers(source: Source): Finding[] {
  if (RULES.test(source.path)) return [];
  // Written so that a plain search for these words doesn't find this file.
  const words = /\b(TO[D]O|FIX[M]E|X{3}|HACK)\b|\b[Nn]ot implemented\b|\b[Ss]tub(bed|s)?\b/g;
  const absences = /\b(it|test|describe|suite)(\.\w+)*\.(only|skip|todo)\b/g;
  const say = (word: string) => `"${word}" left behind`;
  return [...matches(source, words, say), ...matches(source, absences, say)];
}
