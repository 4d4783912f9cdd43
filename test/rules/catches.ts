// Nothing is swallowed: a catch does something, or says in a value what happened.
import ts from 'typescript';
import { at, type Finding, type Source, walk } from './source.ts';

export function emptyCatches(source: Source): Finding[] {
  return [...walk(source.tree)]
    .filter(swallows)
    .map((node) => at(source, node.getStart(source.tree), 'an empty catch'));
}

function swallows(node: ts.Node): boolean {
  if (ts.isCatchClause(node)) return node.block.statements.length === 0;
  if (!ts.isCallExpression(node) || !ts.isPropertyAccessExpression(node.expression)) return false;
  const handler = node.arguments[0];
  if (node.expression.name.text !== 'catch' || handler === undefined) return false;
  return (ts.isArrowFunction(handler) || ts.isFunctionExpression(handler)) && doesNothing(handler.body);
}

/** `{}`, `undefined` or `null`. */
function doesNothing(body: ts.ConciseBody): boolean {
  if (ts.isBlock(body)) return body.statements.length === 0;
  return body.kind === ts.SyntaxKind.NullKeyword || (ts.isIdentifier(body) && body.text === 'undefined');
}
