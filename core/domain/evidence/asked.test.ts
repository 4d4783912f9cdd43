// Which payments a number means, and that none is found by what merely looks alike.
import { describe, expect, test } from 'vitest';
import { answers, codeScan, TestTill } from '../../../test/sim/till-kit.ts';
import { proof } from '../../../test/sim/machine-variants.ts';
import { routeScan } from '../scan/router.ts';
import { heldText, isMeant, shownNumber } from './asked.ts';

const ACQUIRER_NUMBER = '4200002601202611286419805214';

function paid() {
  const till = TestTill.tendering(1500);
  till.tell(codeScan({ codeMask: '130000********0007' }));
  till.pay({ ...answers.approved, proof: { ...proof, acquirerOrderId: ACQUIRER_NUMBER } });
  return { ...till.newest(), orderNumber: '00000001001000001A7C31905' };
}

const one = paid();

test.each([
  ['our order number', '00000001001000001A7C31905', true],
  ['six digits of its end, not all digits', '331905', false],
  ['a part of its middle', '0001001', false],
  ['it in small letters', '00000001001000001a7c31905', false],
  ['the acquirer’s number', ACQUIRER_NUMBER, true],
  ['its last six digits', '805214', true],
  ['its last five', '05214', false],
  ['its last four, which are not the code’s', '5214', false],
  ['the last four digits of the code', '0007', true],
  ['the first four of the code', '1300', false],
  ['the amount', '1500', false],
  ['nothing', '', false],
])('%s', (_, text, expected) => {
  expect(isMeant(one, text)).toBe(expected);
});

test('the row of a payment that is meant holds the text that is searched for', () => {
  const row = JSON.stringify(one);
  for (const text of [one.orderNumber, ACQUIRER_NUMBER, '805214', '0007'])
    expect(row).toContain(heldText(text));
});

describe('off a customer’s phone', () => {
  const scan = (text: string) =>
    routeScan(Buffer.from(text), [
      { scheme: 'WECHAT', pattern: '^1[0-5]\\d{16}$', deferrable: true },
      { scheme: 'ALIPAY', pattern: '^(2[5-9]|30)\\d{14,22}$', deferrable: true },
    ]);

  test.each([
    ['our order number', one.orderNumber, 'paymentNumber'],
    ['our order number, digits alone', '0000000100100000112345678', 'paymentNumber'],
    ['WeChat Pay’s number', '4200002601202611286419805214', 'paymentNumber'],
    ['Alipay’s number', '2026112822001487621412900333', 'paymentNumber'],
    ['UnionPay’s number, as published', '512209110416475616528', 'paymentNumber'],
    ['UnionPay’s number that begins with a day', '202611281043310012345', 'paymentNumber'],
    ['an Alipay payment code of 24 digits', '287611091234567890123456', 'paymentCode'],
    ['goods and a code in one frame', '6901234567892134567890123456789', 'unknownCode'],
    ['two codes in one frame', '134567890123456789134567890123456789', 'unknownCode'],
    ['goods', '6901234567892', 'goods'],
  ])('%s', (_, text, kind) => {
    expect(scan(text).kind).toBe(kind);
  });
});

test('what might be a code is masked wherever it is shown', () => {
  expect(shownNumber('4200002601202611286419805214')).toBe('4200002601202611286419805214');
  expect(shownNumber('134567890123456789')).toBe('134567********6789');
});
