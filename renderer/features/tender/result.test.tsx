// The screen of a sale that has ended.
import { expect, it } from 'vitest';
import { markup } from '../../preview/drawn.tsx';
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
