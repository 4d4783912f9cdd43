// Time and chance come in through ports: what reads them elsewhere cannot be replayed.
import ts from 'typescript';
import { at, type Finding, isTest, type Source, walk } from './source.ts';

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
  return [...walk(source.tree)].flatMap((node) => {
    const what = readsTheWorld(source, node);
    if (what === undefined) return [];
    return [at(source, node.getStart(source.tree), `${what}: take it from the clock or random port`)];
  });
}

function readsTheWorld({ tree }: Source, node: ts.Node): string | undefined {
  if (ts.isPropertyAccessExpression(node)) {
    return ['Date.now', 'Math.random'].find((name) => name === node.getText(tree));
  }
  const isNow =
    ts.isNewExpression(node) && node.expression.getText(tree) === 'Date' && !node.arguments?.length;
  return isNow ? 'new Date()' : undefined;
}
