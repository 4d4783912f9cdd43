// Time and chance come in through ports: what reads them elsewhere cannot be replayed.
import { codeOnly, type Finding, isTest, matches, type Source } from './source.ts';

/** The implementations of the clock and random ports, and what is no part of the product. */
const ALLOWED = [
  /^core\/system\.ts$/,
  /^drivers\/transport\/monotonic-clock\.ts$/,
  /^(fixtures|tools|bench)\//,
  // The page draws time and never decides by it.
  /^renderer\//,
];

export function strayClocks(source: Source): Finding[] {
  if (isTest(source) || ALLOWED.some((path) => path.test(source.path))) return [];
  const pattern = /\bDate\.now\b|\bnew Date\(\s*\)|\bMath\.random\b/g;
  return matches(
    source,
    pattern,
    (call) => `${call}: take it from the clock or random port`,
    codeOnly(source),
  );
}
