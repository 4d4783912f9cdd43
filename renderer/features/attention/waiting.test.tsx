// What the top bar counts as waiting for a person, and how the day's close calls it.
import { expect, it } from 'vitest';
import { TopBar } from '../../app/TopBar.tsx';
import { drawn } from '../../preview/drawn.tsx';
import { giveBackOf } from '../../preview/found.ts';
import { base } from '../../preview/goods.ts';
import { TakeReport } from '../report/TakeReport.tsx';

const giveBacks = [
  giveBackOf({ giveBackId: 'open' }),
  giveBackOf({ giveBackId: 'failed', state: 'failed', unproven: false, reason: 'E-REF-03' }),
  giveBackOf({ giveBackId: 'perhaps', state: 'failed', unproven: false, reason: 'E-REF-06' }),
  giveBackOf({ giveBackId: 'twice', state: 'done', unproven: false, isTwice: true, reason: 'E-REF-08' }),
];
const snapshot = { ...base, giveBacks, exceptionCount: 4 };

it('a refund that failed waits, and money that went back twice; what goes its own way does not', async () => {
  const bar = await drawn(<TopBar snapshot={snapshot} me={base.operator} onAttention={() => {}} />);
  expect(bar).toContain('待处理\n7\n');
});

it('before the day is closed only a refund without proof is called one without a result', async () => {
  const dayClose = <TakeReport kind="z" snapshot={snapshot} onClose={() => {}} />;
  const zh = await drawn(dayClose);
  expect(zh).toContain('退款还没有结果 1 笔');
  expect(zh).toContain('退款失败，等店长处理 1 笔');
  expect(zh).toContain('退款被拒，可能已退，等店长核对 1 笔');
  expect(zh).toContain('有 1 笔钱退了两次');
  const en = await drawn(dayClose, 'en');
  expect(en).toContain('Refunds without a result: 1');
  expect(en).toContain('Failed refunds to settle: 1');
  expect(en).toContain('Refused refunds, perhaps back, to be checked: 1');
  expect(en).toContain('Money that went back twice: 1');
});
