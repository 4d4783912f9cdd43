// What till and bill say, in the language of the screen.
import { expect, test } from 'vitest';
import { saidText } from './said.ts';

test('each in its language; an older text as it is; nothing as a dash', () => {
  const said = [
    { words: { zh: '退款失败', en: 'refund failed' }, facts: '3.00' },
    { words: { zh: '已另付现金', en: 'paid in cash' }, facts: '' },
  ];
  expect(saidText(said, 'zh')).toBe('退款失败 3.00; 已另付现金');
  expect(saidText(said, 'en')).toBe('refund failed 3.00; paid in cash');
  expect(saidText('approved 1.50', 'zh')).toBe('approved 1.50');
  expect(saidText([], 'en')).toBe('-');
});
