import { describe, expect, it } from 'vitest';
import type { NoticeView, PaymentStateKind, Snapshot } from '../../contract/snapshot.ts';
import { base, paymentOf, saleOf } from '../preview/goods.ts';
import { parkedSale } from '../preview/day.ts';
import { foundSale, giveBackOf } from '../preview/found.ts';
import { beepsByTone, toneFor } from './tones.ts';

const paying = (state: PaymentStateKind): Snapshot => ({
  ...base,
  sale: saleOf({ state: 'tendering', payments: [paymentOf({ state })] }),
});
const notice = (noticeId: string): NoticeView => ({
  noticeId,
  code: 'E-SCAN-02',
  tone: 'bad',
  detail: '',
  at_ms: 0,
});

describe('tones', () => {
  it('tell outcomes apart', () => {
    const states = [
      'approved',
      'declined',
      'notSent',
      'unknown',
      'awaitingCustomer',
      'queued',
      'reversed',
    ] as const;
    const heard = states.map((state) => toneFor(paying('authorizing'), paying(state)));
    expect(heard).toEqual(['good', 'bad', 'bad', 'attention', 'attention', 'attention', 'attention']);
  });

  it('hear that a code of ours was scanned, and never take its end for a success', () => {
    const showing = (isScanned: boolean): Snapshot => {
      const code = { content: 'weixin://wxpay/bizpayurl?pr=1', endsAt_ms: 0, isScanned };
      const payments = [paymentOf({ state: 'presenting', code })];
      return { ...base, sale: saleOf({ state: 'tendering', payments }) };
    };
    expect([
      toneFor(paying('presenting'), showing(false)),
      toneFor(showing(false), showing(true)),
      toneFor(showing(true), showing(true)),
      toneFor(showing(true), paying('closing')),
      toneFor(paying('closing'), paying('closed')),
      toneFor(showing(true), paying('approved')),
    ]).toEqual([null, 'attention', null, 'attention', 'attention', 'good']);
  });

  it('sound once for a change and not again for the same state', () => {
    expect([
      toneFor(paying('approved'), paying('approved')),
      toneFor(paying('unknown'), paying('inquiring')),
      toneFor(null, paying('approved')),
    ]).toEqual([null, null, null]);
  });

  it('sound for each new notice', () => {
    const with1 = { ...base, notice: notice('1') };
    const with2 = { ...base, notice: notice('2') };
    expect([
      toneFor(base, with1),
      toneFor(with1, with1),
      toneFor(with1, with2),
      toneFor(with2, base),
    ]).toEqual(['bad', null, 'bad', null]);
  });

  it('sound for goods added, not for goods removed', () => {
    const fewer = { ...base, sale: saleOf({ itemCount: 5 }) };
    const more = { ...base, sale: saleOf({ itemCount: 6 }) };
    const first = { ...base, sale: null };
    expect([toneFor(fewer, more), toneFor(more, fewer), toneFor(first, fewer)]).toEqual([
      'scanned',
      null,
      'scanned',
    ]);
  });

  it('sound for cash taken, even where a wallet payment is given up for it', () => {
    const cash = { received_fen: 10_000, amount_fen: 9_241, rounding_fen: 0, change_fen: 759 };
    const paid = {
      ...base,
      sale: saleOf({ state: 'completed', cash, payments: [paymentOf({ state: 'reversing' })] }),
    };
    expect([toneFor(paying('unknown'), paid), toneFor(paid, paid)]).toEqual(['cash', null]);
  });

  it('sound for a sale parked, not for one brought back', () => {
    const parked = { ...base, sale: null, parked: [{ ...parkedSale, saleId: saleOf().saleId }] };
    expect([toneFor(base, parked), toneFor(parked, base)]).toEqual(['parked', null]);
  });

  it('sound for goods returned, money given back, and a refund that failed', () => {
    const found = { ...base, sale: null, found: foundSale };
    const returned = {
      ...found,
      found: { ...foundSale, returnedBefore_fen: foundSale.returnedBefore_fen + 200 },
    };
    const pending = { ...base, giveBacks: [giveBackOf({})] };
    const failed = { ...base, giveBacks: [giveBackOf({ state: 'failed', unproven: false })] };
    expect([
      toneFor(found, returned),
      toneFor(pending, base),
      toneFor(pending, failed),
      toneFor(failed, base),
    ]).toEqual(['returned', 'returned', 'bad', null]);
  });

  it('differ in pitch and in rhythm', () => {
    const tones = Object.values(beepsByTone);
    const pitches = tones.map((beeps) => beeps[0]?.pitch_hz);
    const rhythms = tones.map((beeps) =>
      JSON.stringify(beeps.map(({ at_ms, length_ms }) => [at_ms, length_ms])),
    );
    expect([new Set(pitches).size, new Set(rhythms).size]).toEqual([tones.length, tones.length]);
  });
});
