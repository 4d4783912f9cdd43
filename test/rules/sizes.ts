// Small files and small functions.
import ts from 'typescript';
import { at, type Finding, isTest, type Source, walk } from './source.ts';

const FILE_LINES = 400;
const MEDIAN_LINES = 90;
const FUNCTION_LINES = 60;

export function longFiles(sources: readonly Source[]): Finding[] {
  return sources
    .filter((source) => lines(source.text) > FILE_LINES)
    .map((source) => `${source.path}: ${lines(source.text)} lines, more than ${FILE_LINES}`);
}

/** The median over the product's and the tools' files, tests apart. */
export function highMedian(sources: readonly Source[]): Finding[] {
  const sizes = sources
    .filter((source) => !isTest(source) && /\.tsx?$/.test(source.path))
    .map((source) => lines(source.text))
    .toSorted((a, b) => a - b);
  const median = sizes[Math.floor(sizes.length / 2)] ?? 0;
  return median < MEDIAN_LINES
    ? []
    : [`the median file has ${median} lines; less than ${MEDIAN_LINES} are wanted`];
}

/** Not in tests, where the functions that hold a suite are as long as the suite. */
export function longFunctions(source: Source): Finding[] {
  if (isTest(source)) return [];
  return [...walk(source.tree)].filter(isFunction).flatMap((node) => {
    const length = lines(node.getText(source.tree));
    const what = `a function of ${length} lines, more than ${FUNCTION_LINES}`;
    return length > FUNCTION_LINES ? [at(source, node.getStart(source.tree), what)] : [];
  });
}

function isFunction(node: ts.Node): node is ts.FunctionLikeDeclaration {
  return ts.isFunctionLike(node) && 'body' in node && node.body !== undefined;
}

function lines(text: string): number {
  return text.replace(/\n$/, '').split('\n').length;
}
