// Writes docs/acquirers/errors.md: what each acquirer's codes come to at the till. `--check` only compares.
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { CodeRow, Operation } from '../acquirers/transport/code-row.ts';
import { errorTexts } from '../contract/error-texts.ts';
import { type AcquirerErrors, acquirers, unlisted } from './acquirer-errors/acquirers.ts';
import { outcomeOf } from './acquirer-errors/outcome.ts';
import { serviceLines, serviceNames, servicesOf } from './acquirer-errors/services.ts';
import { wordingOf } from './acquirer-errors/wording.ts';

const page = join(import.meta.dirname, '..', 'docs', 'acquirers', 'errors.md');

const names: Readonly<Record<Operation, string>> = {
  pay: 'pay',
  query: 'query',
  reverse: 'reverse',
  void: 'void',
  refund: 'refund',
  refundQuery: 'refund query',
  present: 'present',
  close: 'close',
  signIn: 'sign in',
};

/** All that a row says but the call that it answers. */
function cellsOf(row: CodeRow, acquirer: AcquirerErrors): string {
  const text = wordingOf(row);
  const { zh, en } = { zh: errorTexts.zh[text], en: errorTexts.en[text] };
  const read = [`${zh.money} / ${en.money}`, `${zh.what} / ${en.what} (${text})`, `${zh.todo} / ${en.todo}`];
  return [row.meaning_zh, outcomeOf(row, acquirer), ...read, row.source].join(' | ');
}

/** Calls of which a code says the very same share a line. */
function linesOf(acquirer: AcquirerErrors): string[] {
  const lines = new Map<string, { code: string; operations: string[]; cells: string }>();
  for (const row of [...acquirer.table.rows, ...unlisted(acquirer)]) {
    const cells = cellsOf(row, acquirer);
    const key = `${row.code} ${cells}`;
    const line = lines.get(key) ?? { code: row.code, operations: [], cells };
    line.operations.push(names[row.operation]);
    lines.set(key, line);
  }
  return [...lines.values()].map(
    ({ code, operations, cells }) =>
      `| ${code.includes(' ') ? `**${code}**` : `\`${code}\``} | ${operations.join(', ')} | ${cells} |`,
  );
}

function sectionOf(acquirer: AcquirerErrors): string {
  const { title, where, table, calls, services, serviceCalls } = acquirer;
  const called = [
    ...(Object.keys(calls) as Operation[]).map((one) => `${names[one]} ${calls[one]}`),
    ...servicesOf(acquirer).map((one) => `${serviceNames[one]} ${serviceCalls[one]}`),
  ];
  return [
    `## ${title}`,
    where,
    `Calls: ${called.join(', ')}.`,
    Object.entries({ ...table.sources, ...services.sources })
      .map(([tag, text]) => `- ${tag}: ${text}`)
      .join('\n'),
    [
      '| Code | Answer to | Meaning | Outcome | Is the money safe | What the cashier reads | What to do | Source |',
      '|---|---|---|---|---|---|---|---|',
      ...linesOf(acquirer),
      ...serviceLines(acquirer),
    ].join('\n'),
  ].join('\n\n');
}

const text = `# Error codes, and what the cashier reads

Written by \`node tools/acquirer-errors.ts\` from the tables that the adapters decide by (\`code-rows.ts\` and \`service-rows.ts\` in each folder of \`acquirers\`) and the texts of the screen (contract/error-texts.ts); a test fails while this page says something else.

**A code without a row is unknown, never declined**; so is one with a row that says *unknown*: it stands there so that nobody takes it for a refusal. An answer that is not believed (signature, HTTP status, another order or amount) is unknown whatever its code.
*Unknown* of a payment is asked about, then reversed. The tests read every code of a table, and some of none, by the codec of every call: \`npx vitest run codes.test.ts\`.
The codes of bills, batches and activation (the last lines of each table) move no money and end no doubt; one without a row is a refusal there: nothing is fetched, settled or activated.

The texts are those that stay: while a code of ours is asked for again, or a last look is under way, the screen says so first. A payment that was taken offline and is declined says E-OFF-08 instead, for its goods have left; one that the gateway refuses with MERCHANT_INVALID or TERMINAL_INVALID goes back into the queue.

${acquirers.map(sectionOf).join('\n\n')}
`;

if (process.argv.includes('--check')) {
  if (readFileSync(page, 'utf8') !== text) {
    process.stderr.write('docs/acquirers/errors.md is stale: run `node tools/acquirer-errors.ts`\n');
    process.exitCode = 1;
  }
} else {
  writeFileSync(page, text);
}
