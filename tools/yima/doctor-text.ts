// The examination as a table for a terminal.
import { checkTitles, findingTexts } from '../../contract/diagnosis-texts.ts';
import type { CheckLine } from '../../contract/diagnostics.ts';
import type { Language } from '../../contract/snapshot.ts';

const verdicts = { pass: 'PASS', fail: 'FAIL', skipped: 'SKIPPED' } as const;

const TITLE_columns = 38;

/** East Asian wide characters take two columns of a terminal. */
function columnsOf(text: string): number {
  return [...text].reduce(
    (sum, character) => sum + (/[\u1100-\u115f\u2e80-\uffe6]/.test(character) ? 2 : 1),
    0,
  );
}

const padded = (text: string, columns: number): string =>
  text + ' '.repeat(Math.max(0, columns - columnsOf(text)));

function rowOf({ check, subject, verdict, finding, detail, took_ms }: CheckLine, language: Language): string {
  const title = `${checkTitles[language][check]}${subject === '' ? '' : ` ${subject}`}`;
  const { what, todo } = findingTexts[language][finding];
  const shown = detail === '' ? what : `${what} (${detail})`;
  const row = `${padded(verdicts[verdict], 8)}${padded(title, TITLE_columns)}${shown}  ${took_ms} ms`;
  return verdict === 'fail' && todo !== '' ? `${row}\n${' '.repeat(8)}→ ${todo}` : row;
}

/** One row a check, failures with their remedy below, and a last line that counts. */
export function doctorText(lines: readonly CheckLine[], language: Language): string {
  const count = (verdict: CheckLine['verdict']) => lines.filter((one) => one.verdict === verdict).length;
  const total = `${count('pass')} PASS, ${count('fail')} FAIL, ${count('skipped')} SKIPPED`;
  return [...lines.map((line) => rowOf(line, language)), total].join('\n');
}
