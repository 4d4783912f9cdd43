import { describe, expect, it } from 'vitest';
import { errorTexts } from './error-texts.ts';
import { errorCodes } from './errors.ts';

const rows = errorCodes.flatMap((code) => (['zh', 'en'] as const).map((language) => ({ code, language })));

describe('error texts', () => {
  it.each(rows)('$code in $language says what happened, whether the money is safe and what to do', (row) => {
    const text = errorTexts[row.language][row.code];
    const length = row.language === 'zh' ? 34 : 66;
    const faults = Object.entries(text).flatMap(([part, words]) => {
      const isRightLanguage = /\p{Script=Han}/u.test(words) === (row.language === 'zh');
      const hasEnd = /[。.]$/.test(words) === (part !== 'what');
      return isRightLanguage && hasEnd && words.length <= length ? [] : [`${part}: ${words}`];
    });
    expect(faults).toEqual([]);
  });

  it('never promises a result while it is unknown', () => {
    const doubtful = ['E-PAY-07', 'E-PAY-11', 'E-PAY-13', 'E-PAY-15', 'E-SCAN-08'] as const;
    const promising = doubtful.filter(
      (code) => /^没有扣款/.test(errorTexts.zh[code].money) || /^Not charged/.test(errorTexts.en[code].money),
    );
    expect(promising).toEqual([]);
  });
});
