import { describe, expect, it } from 'vitest';
import type { PaymentStateKind } from '../../../contract/snapshot.ts';
import { en } from '../../i18n/en.ts';
import { zh } from '../../i18n/zh.ts';
import { paymentOf } from '../../preview/goods.ts';
import { faceOf, headOf } from './face.ts';

const states = Object.keys(zh.state) as PaymentStateKind[];
const proven: ReadonlySet<PaymentStateKind> = new Set([
  'approved',
  'settled',
  'declined',
  'notSent',
  'expiredUnsent',
  'reversed',
  'voided',
]);

describe('the face of a payment', () => {
  it('is green for money that is ours and for nothing else', () => {
    const green = states.filter((state) => faceOf(paymentOf({ state }), 'zh').tone === 'ok');
    expect(green.toSorted()).toEqual(['approved', 'settled']);
  });

  it('differs in shape between paid, doubtful and not charged', () => {
    const marks = (['approved', 'unknown', 'declined'] as const).map((state) => {
      const { tone, mark } = faceOf(paymentOf({ state }), 'zh');
      return `${tone} ${mark}`;
    });
    expect(marks).toEqual(['ok tick', 'wait question', 'no cross']);
  });

  it('never says "not charged" while that is not proven', () => {
    const promising = states.filter((state) => {
      if (proven.has(state)) return false;
      const face = faceOf(paymentOf({ state }), 'zh');
      return face.lines.some((line) => line.startsWith('没有扣款'));
    });
    expect(promising).toEqual([]);
  });

  it('tells the cashier not to charge again while the outcome is unknown, whatever the cause', () => {
    for (const reason of [null, 'E-PAY-07', 'E-PAY-15'] as const) {
      const lines = faceOf(paymentOf({ state: 'unknown', reason }), 'zh').lines.join('');
      expect(lines).toContain('请勿再次收款');
    }
  });

  it('names the reason of a decline and what to do', () => {
    const face = faceOf(paymentOf({ state: 'declined', reason: 'E-PAY-02' }), 'en');
    expect(face).toEqual({
      tone: 'no',
      mark: 'cross',
      lines: ['Not enough balance.', 'Ask for another card or wallet, then scan.'],
      code: 'E-PAY-02',
    });
  });

  it('explains a reversal as such, whatever led to it', () => {
    const face = faceOf(paymentOf({ state: 'reversing', reason: 'E-PAY-07' }), 'zh');
    expect(face.code).toBe('E-PAY-11');
  });
});

describe('main scan', () => {
  const code = { content: 'weixin://wxpay/bizpayurl?pr=1', endsAt_ms: 1, isScanned: false };
  const faces = [
    paymentOf({ state: 'presenting' }),
    paymentOf({ state: 'presenting', code }),
    paymentOf({ state: 'presenting', code: { ...code, isScanned: true } }),
    paymentOf({ state: 'closing' }),
    paymentOf({ state: 'closed' }),
  ];

  it('has a heading of its own while a code is got, shown, paid, closed and over', () => {
    expect(faces.map(headOf)).toEqual([
      'code.making',
      'state.presenting',
      'code.paying',
      'state.closing',
      'state.closed',
    ]);
    const looks = faces.map((payment) => {
      const { tone, mark } = faceOf(payment, 'zh');
      return `${tone} ${mark}`;
    });
    expect(new Set(looks).size).toBe(faces.length);
  });

  it('a closed code tells whether anybody ever saw it', () => {
    const neverShown = faceOf(paymentOf({ state: 'closed', reason: 'E-PAY-21' }), 'zh').lines.join('');
    const nobodyPaid = faceOf(paymentOf({ state: 'closed', reason: 'E-PAY-22' }), 'zh').lines.join('');
    expect(neverShown).toContain('没有拿到收款码');
    expect(nobodyPaid).toContain('没有人付这笔钱');
  });
});

describe('the words', () => {
  const placesOf = (text: string) => (text.match(/\{\{\w+\}\}/g) ?? []).toSorted();
  const flat = (table: object, path = ''): [string, string][] =>
    Object.entries(table).flatMap(([key, value]: [string, unknown]) =>
      typeof value === 'string' ? [[`${path}${key}`, value]] : flat(value as object, `${path}${key}.`),
    );

  it('fill in the same places in both languages', () => {
    const english = new Map(flat(en));
    const different = flat(zh).filter(
      ([key, text]) => String(placesOf(text)) !== String(placesOf(english.get(key) ?? '')),
    );
    expect(different).toEqual([]);
  });
});
