// UnionPay's codes as literals, so that no table decides otherwise unnoticed; each code is then read by the real codecs.
import { expect, it } from 'vitest';
import { byReason, listed } from '../../test/acquirers/code-rows.ts';
import { codeRow, reversalRefusals, stillProcessing } from './codes.ts';

/** Every two digits. */
const all = Array.from({ length: 100 }, (_, number) => String(number).padStart(2, '0'));

it('the codes that prove something are these and no others', () => {
  const declines = all.flatMap((code) => {
    const reason = codeRow(code)?.declines ?? null;
    return reason === null ? [] : [[code, reason] as const];
  });
  expect(byReason(Object.fromEntries(declines))).toEqual({
    configuration: '10 13 31 32 43',
    other: '01 30 60 65 66 69',
    limit: '33 67 81',
    risk: '38',
    notSupported: '44 61 62 63 68 73 77 78',
    balance: '64',
  });
  expect(listed(all.filter((code) => codeRow(code)?.refuses === true))).toBe(
    '01 10 13 30 31 32 33 36 38 39 43 60 61 62 63 68 78',
  );
  expect(listed(stillProcessing)).toBe('03 04 05');
  expect(listed(reversalRefusals)).toBe('36 39 45');
  expect(listed(all.filter((code) => codeRow(code) !== undefined))).toBe(
    '01 02 03 04 05 06 10 11 12 13 30 31 32 33 34 35 36 37 38 39 42 43 44 45 60 61 62 63 64 65 66 67 68 69 73 74 75 77 78 81 83 99',
  );
});
