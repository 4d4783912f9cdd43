// The screen of a sale that has ended.
import { expect, it } from 'vitest';
import { drawn, markup } from '../../preview/drawn.tsx';
import { base, paymentOf, saleOf } from '../../preview/goods.ts';
import { ResultScreen } from './ResultScreen.tsx';

const ended = { state: 'completed', due_fen: 0 } as const;
const cash = { received_fen: 10_000, amount_fen: 9_240, rounding_fen: 1, change_fen: 760 };

it('does not take the key that took the cash for the next one: the change is seen first', async () => {
  const byCash = saleOf({ ...ended, cash });
  const byWallet = saleOf({ ...ended, payments: [paymentOf({ state: 'approved', unproven: false })] });
  const [atOnce, afterWallet] = [byCash, byWallet].map((sale) =>
    markup(<ResultScreen sale={sale} snapshot={{ ...base, sale }} />),
  );
  expect(await atOnce).toMatch(/<button[^>]* disabled=""[^>]*>(?:<[^>]+>)*下一单/);
  expect(await afterWallet).not.toContain('disabled=""');
});

it('sends nobody to the manager who has written the payment off', async () => {
  const lost = paymentOf({ state: 'declined', unproven: false, deferred: true, reason: 'E-OFF-08' });
  const sale = saleOf({ ...ended, payments: [lost], writtenOff_fen: 9_241 });
  const screen = <ResultScreen sale={sale} snapshot={{ ...base, sale }} />;
  const [zh, en] = [await drawn(screen), await drawn(screen, 'en')];
  expect(zh).not.toMatch(/E-OFF-08|交店长处理/);
  expect(zh).toContain('店长已经处理：这笔钱不再收，记为损失。');
  expect(en).not.toMatch(/E-OFF-08|for the manager/);
  expect(en).toContain('A manager has settled it: no longer collected, booked as a loss.');
});

it('shows what was charged after the write-off of another part, or has no result, by its own card', async () => {
  const reversing = paymentOf({ state: 'reversing', reversals: 1 });
  const sale = saleOf({ ...ended, payments: [reversing], writtenOff_fen: 9_241 });
  const zh = await drawn(<ResultScreen sale={sale} snapshot={{ ...base, sale }} />);
  expect(zh).not.toContain('付款没有成功，已核销');
});

it.each(['approved', 'settled', 'voiding', 'voided'] as const)(
  'never calls a payment that is %s not paid, whatever else of its sale was written off',
  async (state) => {
    const paid = paymentOf({ state, unproven: false, deferred: true });
    const sale = saleOf({ ...ended, payments: [paid], writtenOff_fen: 800 });
    const screen = <ResultScreen sale={sale} snapshot={{ ...base, sale }} />;
    expect(await drawn(screen)).not.toContain('付款没有成功，已核销');
    expect(await drawn(screen, 'en')).not.toContain('Not paid, written off');
  },
);
