// A SELECT that yields several rows says in which order: without ORDER BY, SQLite's plan decides.
import ts from 'typescript';
import { at, type Finding, isTest, type Source, walk } from './source.ts';

const SEVERAL = ['all', 'iterate'];

/** Looks at statements whose rows are taken with .all() or .iterate(), directly or through a name in the same file. */
export function unorderedSelects(source: Source): Finding[] {
  if (!source.path.startsWith('db/') || isTest(source)) return [];
  const nodes = [...walk(source.tree)];
  return nodes
    .filter((node) => isSelect(source, node) && !/\bORDER\s+BY\b/i.test(node.getText(source.tree)))
    .filter((select) => yieldsSeveral(source, select, nodes))
    .map((select) => at(source, select.getStart(source.tree), 'a SELECT of several rows without ORDER BY'));
}

function isSelect(source: Source, node: ts.Node): boolean {
  const isText = ts.isStringLiteralLike(node) || ts.isTemplateExpression(node);
  return isText && /^.\s*(WITH\b[^]*?)?SELECT\b/i.test(node.getText(source.tree));
}

/** Climbs from the text over prepare(...).pluck() and the like to the call that takes rows, or to the name it gets. */
function yieldsSeveral(source: Source, select: ts.Node, nodes: readonly ts.Node[]): boolean {
  let node = select.parent;
  for (; !ts.isStatement(node); node = node.parent) {
    if (ts.isPropertyAccessExpression(node) && SEVERAL.includes(node.name.text)) return true;
    if (ts.isPropertyAccessExpression(node) && ['get', 'run'].includes(node.name.text)) return false;
    if (ts.isVariableDeclaration(node) || ts.isPropertyAssignment(node) || ts.isPropertyDeclaration(node)) {
      return takenByName(node.name.getText(source.tree), nodes);
    }
    if (ts.isArrowFunction(node)) return false;
  }
  return false;
}

/** Whether anything like `name.all(` or `statements.name.iterate(` stands in the file. */
function takenByName(name: string, nodes: readonly ts.Node[]): boolean {
  return nodes.some((node) => {
    if (!ts.isPropertyAccessExpression(node) || !SEVERAL.includes(node.name.text)) return false;
    const from = node.expression;
    if (ts.isPropertyAccessExpression(from)) return from.name.text === name;
    return ts.isIdentifier(from) && from.text === name;
  });
}
