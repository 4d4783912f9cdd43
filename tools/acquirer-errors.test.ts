// docs/acquirers/errors.md says what the tables and the screen say, and no row in doubt reads like a refusal.
import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { expect, it, test } from 'vitest';
import { errorTexts } from '../contract/error-texts.ts';
import { acquirers, unlisted } from './acquirer-errors/acquirers.ts';
import { serviceLines } from './acquirer-errors/services.ts';
import { wordingOf } from './acquirer-errors/wording.ts';

const rows = acquirers.flatMap((acquirer) => [...acquirer.table.rows, ...unlisted(acquirer)]);

test('the page is what the code says', () => {
  const { status, stderr } = spawnSync(
    process.execPath,
    [join(import.meta.dirname, 'acquirer-errors.ts'), '--check'],
    { encoding: 'utf8' },
  );
  expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
});

it('promises of a payment that nothing was charged only where that is proven', () => {
  const calls = new Set(['pay', 'query', 'reverse', 'present', 'close']);
  const promising = rows.filter((row) => {
    const text = wordingOf(row);
    const says = `${errorTexts.zh[text].money} ${errorTexts.en[text].money}`;
    return calls.has(row.operation) && /^没有扣款|Not charged|Nothing was charged;/.test(says);
  });
  // Who never saw a code has not paid it (docs/adr/0020), unless the acquirer says otherwise.
  const isProven = ({ operation, proves }: (typeof rows)[number]) =>
    proves.kind === 'declined' || (operation === 'present' && proves.kind === 'inDoubt' && !proves.saysPaid);
  expect(promising.filter((row) => !isProven(row))).toEqual([]);
  expect(promising.some(({ operation }) => operation === 'present')).toBe(true);
});

it('speaks of a code of ours that was refused as of ours, not of a code that the customer shows', () => {
  const spoken = rows.flatMap((row) =>
    row.operation === 'present' && row.proves.kind === 'declined' ? [wordingOf(row)] : [],
  );
  expect(new Set(spoken)).toEqual(new Set(['E-PAY-08', 'E-PAY-21', 'E-PAY-24']));
});

it('asks about a code of ours that the acquirer takes for paid', () => {
  const paid = rows.filter(({ proves }) => proves.kind === 'inDoubt' && proves.saysPaid === true);
  const presented = paid.filter(({ operation }) => operation === 'present');
  expect(presented.map(({ code }) => code)).toEqual([
    'ORDER_PAID',
    'ORDERPAID',
    'ACQ.TRADE_HAS_SUCCESS',
    '42',
    '74',
    '75',
  ]);
  expect(presented.map(wordingOf)).toEqual(presented.map(() => 'E-PAY-20'));
});

it('says of a refund that it failed, and offers cash, only where it is refused', () => {
  const calls = new Set(['void', 'refund', 'refundQuery']);
  const failing = rows.filter((row) => calls.has(row.operation) && wordingOf(row) === 'E-REF-03');
  expect(failing.length).toBeGreaterThan(0);
  expect(
    failing.filter(({ proves, operation }) => proves.kind !== 'refused' || operation === 'void'),
  ).toEqual([]);
});

it('claims nothing of the money, and offers no cash, where a refund may be refused since it went back by other means', () => {
  const perhapsBack = rows.filter(
    ({ operation, proves }) =>
      operation === 'refund' && proves.kind === 'refused' && proves.perhapsBack === true,
  );
  expect(perhapsBack.map(({ code }) => code)).toEqual([
    'REFUND_EXCEEDS',
    'ORDER_NOT_PAID',
    'INVALID_REQUEST',
    'ACQ.REFUND_AMT_NOT_EQUAL_TOTAL',
    'ACQ.TRADE_HAS_FINISHED',
    'ACQ.TRADE_STATUS_ERROR',
    'ACQ.REASON_TRADE_REFUND_FEE_ERR',
    'ACQ.TRADE_NOT_ALLOW_REFUND',
    'ACQ.TRADE_HAS_CLOSE',
    'ACQ.REASON_TRADE_STATUS_INVALID',
    'ACQ.REFUND_FEE_ERROR',
    '36',
  ]);
  for (const row of perhapsBack) expect([row.code, wordingOf(row)]).toEqual([row.code, 'E-REF-06']);
});

it('has the texts that DESIGN section 4 wants of what is not known', () => {
  const doubtful = unlisted({ calls: { pay: '', query: '', reverse: '', refund: '' } });
  expect(doubtful.map(wordingOf)).toEqual(['E-PAY-07', 'E-PAY-07', 'E-PAY-11', 'E-REF-02']);
});

it('has a line for each code of bills, batches and activation', () => {
  const lines = acquirers.flatMap(serviceLines);
  for (const { code, service } of acquirers.flatMap(({ services }) => services.rows))
    expect(lines.some((line) => line.startsWith(`| \`${code}\` | ${service} |`))).toBe(true);
  expect(lines.filter((line) => line.startsWith('| `98` |'))).toEqual([
    expect.stringContaining('(until noon of the day after)'),
    expect.stringContaining('E-BILL-07'),
  ]);
  for (const line of lines) expect(line.split(' | ')).toHaveLength(8);
  for (const { services, table } of acquirers)
    for (const { source } of services.rows)
      expect(Object.keys({ ...table.sources, ...services.sources })).toContain(source);
});
