// The payment that the cashier works on is not always the last one.
import { describe, expect, it } from 'vitest';
import { drawn } from '../../preview/drawn.tsx';
import { base, paymentOf, saleOf } from '../../preview/goods.ts';
import { askedFirst, paymentAtHand, stillAsked } from './at-hand.ts';
import { FirstReversed } from './FirstReversed.tsx';
import { TenderScreen } from './TenderScreen.tsx';

const declined = paymentOf({ attemptId: 'B', scheme: 'ALIPAY', state: 'declined', unproven: false });
/** Declined first, then charged after all: asked about, to give it back. */
const late = paymentOf({ attemptId: 'A', state: 'inquiring', giveUpFrom_ms: 1, canGiveUp: true });
const disputed = paymentOf({ attemptId: 'A', state: 'disputed', reason: 'E-PAY-13' });
const tendering = (payments: (typeof late)[]) =>
  saleOf({ state: 'tendering', payments, canCancel: false, canGoBack: false });

describe('a payment in doubt that is not the last one', () => {
  it('is the one at hand; one that can still be given up before one that is leaving', () => {
    const reversing = paymentOf({ attemptId: 'C', state: 'reversing' });
    const atHand = [[declined], [late, declined], [disputed, declined], [late, reversing], []].map(
      (payments) => paymentAtHand(tendering(payments))?.attemptId,
    );
    expect(atHand).toEqual(['B', 'A', 'A', 'A', undefined]);
  });

  it('is asked about before cash; one that is past the one-way door is not', () => {
    const asked = (payments: (typeof late)[]) => askedFirst(tendering(payments), 'cash');
    expect(asked([late, declined])).toEqual({ kind: 'cash', payment: late });
    expect(
      ['reversing', 'closing', 'disputed'].map((state) => asked([{ ...disputed, state } as typeof late])),
    ).toEqual([null, null, null]);
  });

  it('has its card and its keys on the screen, and nobody is asked to scan', async () => {
    const sale = tendering([late, declined]);
    const screen = await drawn(<TenderScreen sale={sale} snapshot={{ ...base, sale }} />);
    expect(screen).toContain('请勿再次收款');
    expect(screen).toContain('放弃并撤销');
    expect(screen).not.toContain('换一种付款方式');
    expect(screen).not.toContain('取消整单');
  });

  it('that can only go back lets its sale be dropped', async () => {
    const sale = { ...tendering([paymentOf({ state: 'reversing' })]), canCancel: true };
    const screen = await drawn(<TenderScreen sale={sale} snapshot={{ ...base, sale }} />);
    expect(screen).toContain('取消整单');
    expect(askedFirst(sale, 'cancel')).toEqual({ kind: 'cancel' });
  });

  it('beside cash, a disputed one is said to be in doubt and not to be reversed yet', async () => {
    const sale = tendering([disputed, declined]);
    const [zh, en] = [
      await drawn(<FirstReversed sale={sale} />),
      await drawn(<FirstReversed sale={sale} />, 'en'),
    ];
    expect(zh).toContain('有争议');
    expect(zh).not.toContain('将先撤销');
    expect(en).toContain('disputed');
  });
});

describe('a question on the screen', () => {
  const asking = tendering([late]);

  it('closes for good when what it asks is not possible any more, so that no later key answers it', () => {
    const asked = askedFirst(saleOf(), 'cancel');
    expect(stillAsked(saleOf(), asked)).toEqual({ kind: 'cancel' });
    // A payment code is scanned below the open dialog.
    expect(stillAsked(tendering([paymentOf()]), asked)).toBeNull();
  });

  it('closes when its payment has ended, or another one is at hand', () => {
    const asked = askedFirst(asking, 'giveUp');
    const slower = { ...late, inquiries: 9 };
    expect(stillAsked(tendering([slower]), asked)).toEqual({ kind: 'giveUp', payment: slower });
    expect(stillAsked(tendering([{ ...late, state: 'approved', unproven: false }]), asked)).toBeNull();
    expect(stillAsked(tendering([late, paymentOf({ attemptId: 'C' })]), asked)).toBeNull();
  });
});

describe('a queued payment under way at the acquirer', () => {
  const refused = paymentOf({
    attemptId: 'L',
    state: 'declined',
    deferred: true,
    unproven: false,
    reason: 'E-OFF-08',
  });
  const forwarded = paymentOf({ attemptId: 'Q', state: 'authorizing', deferred: true });

  it.each([
    [
      'while the failed part beside it is collected',
      { state: 'completedPending', isCollecting: true },
      refused,
    ],
    ['while the rest is paid', { state: 'tendering' }, undefined],
  ] as const)('forbids no scan of what else is due: %s', async (_, change, before) => {
    const payments = before === undefined ? [forwarded] : [before, forwarded];
    const sale = saleOf({ ...change, payments, due_fen: 6_000 });
    for (const language of ['zh', 'en'] as const) {
      const screen = await drawn(<TenderScreen sale={sale} snapshot={{ ...base, sale }} />, language);
      expect(screen).toMatch(/请扫付款码|Scan payment code/);
      expect(screen).not.toMatch(/请勿再扫|Do not scan again/);
    }
  });

  it('stands after the failed one, which is at hand', () => {
    expect(paymentAtHand(saleOf({ payments: [refused, forwarded] }))?.attemptId).toBe('L');
    expect(paymentAtHand(saleOf({ payments: [forwarded] }))?.attemptId).toBe('Q');
  });
});
