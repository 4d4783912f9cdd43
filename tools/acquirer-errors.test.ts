// docs/acquirers/errors.md says what the tables and the screen say, and no row in doubt reads like a refusal.
import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { expect, it, test } from 'vitest';
import { errorTexts } from '../contract/error-texts.ts';
import { acquirers, unlisted } from './acquirer-errors/acquirers.ts';
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
  const calls = new Set(['pay', 'query', 'reverse', 'close']);
  const promising = rows.filter((row) => {
    const text = wordingOf(row);
    const says = `${errorTexts.zh[text].money} ${errorTexts.en[text].money}`;
    return calls.has(row.operation) && row.proves.kind !== 'declined' && /^没有扣款|Not charged/.test(says);
  });
  expect(promising).toEqual([]);
});

it('says of a refund that it failed, and offers cash, only where it is refused', () => {
  const calls = new Set(['void', 'refund', 'refundQuery']);
  const failing = rows.filter((row) => calls.has(row.operation) && wordingOf(row) === 'E-REF-03');
  expect(failing.length).toBeGreaterThan(0);
  expect(
    failing.filter(({ proves, operation }) => proves.kind !== 'refused' || operation === 'void'),
  ).toEqual([]);
});

it('has the texts that DESIGN section 4 wants of what is not known', () => {
  const doubtful = unlisted({ calls: { pay: '', query: '', reverse: '', refund: '' } });
  expect(doubtful.map(wordingOf)).toEqual(['E-PAY-07', 'E-PAY-07', 'E-PAY-11', 'E-REF-02']);
});
