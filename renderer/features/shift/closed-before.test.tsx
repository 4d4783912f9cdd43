// A count whose answer was lost: the page does not ask for it again.
import { expect, it } from 'vitest';
import { drawn } from '../../preview/drawn.tsx';
import { base } from '../../preview/goods.ts';
import { ShiftCloseScreen } from './ShiftCloseScreen.tsx';

const page = (isOpen: boolean) =>
  drawn(
    <ShiftCloseScreen
      denominations_fen={base.denominations_fen}
      isOpen={isOpen}
      onBack={() => undefined}
      onClosed={() => undefined}
    />,
  );

it('a shift that was closed by a call whose answer was lost is not counted again: its slip has the figures', async () => {
  expect(await page(true)).toContain('点数合计');
  const closed = await page(false);
  expect(closed).toContain('清点结果在交班单和日报上');
  expect(closed).not.toContain('点数合计');
});
