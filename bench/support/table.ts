// The table of a run, as text. Pure.
import { show } from './figures.ts';
import type { Outcome } from './outcome.ts';

const HEADER = ['measure', 'what', 'figure', 'against', 'ratio (min-max)', 'goal', 'verdict'] as const;

function ratioText({ ratio }: Outcome): string {
  if (ratio === null) return '';
  const [middle, low, high] = [ratio.median, ratio.min, ratio.max].map((one) => one.toFixed(2));
  return `${middle} (${low}-${high}, ${ratio.rounds} rounds)`;
}

function againstText({ against, unit }: Outcome): string {
  return against === null ? '' : `${against.name}: ${show(against.figure)} ${unit}`;
}

function cellsOf(outcome: Outcome): string[] {
  const { measure, name, figure, unit, goal, verdict, seed } = outcome;
  const what = seed === null ? name : `${name} (seed ${seed})`;
  const said = verdict === 'missed' ? 'MISSED' : verdict;
  return [
    measure,
    what,
    `${show(figure)} ${unit}`,
    againstText(outcome),
    ratioText(outcome),
    goal ?? '',
    said,
  ];
}

/** One line an outcome, columns aligned, notes below the line they belong to. */
export function tableOf(outcomes: readonly Outcome[]): string {
  const rows = [[...HEADER], ...outcomes.map(cellsOf)];
  const widths = HEADER.map((_, column) => Math.max(...rows.map((row) => row[column]?.length ?? 0)));
  const lineOf = (row: readonly string[]) =>
    row
      .map((cell, column) => cell.padEnd(widths[column] ?? 0))
      .join('  ')
      .trimEnd();
  const body = outcomes.flatMap((outcome, index) => {
    const note = outcome.note === null ? [] : [`${' '.repeat((widths[0] ?? 0) + 2)}  ${outcome.note}`];
    return [lineOf(rows[index + 1] ?? []), ...note];
  });
  return [lineOf(HEADER), lineOf(widths.map((width) => '-'.repeat(width))), ...body].join('\n');
}

/** The same for docs/performance.md, notes in the line they belong to. */
export function markdownOf(outcomes: readonly Outcome[]): string {
  const lineOf = (cells: readonly string[]) => `| ${cells.join(' | ')} |`;
  const rowOf = (outcome: Outcome) => {
    const [measure = '', what = '', ...others] = cellsOf(outcome);
    return lineOf([measure, outcome.note === null ? what : `${what}: ${outcome.note}`, ...others]);
  };
  return [lineOf(HEADER), lineOf(HEADER.map(() => '---')), ...outcomes.map(rowOf)].join('\n');
}
