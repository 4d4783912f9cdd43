// What the keys of a row promise.
import { expect, it } from 'vitest';
import { enCounter } from '../../i18n/en-counter.ts';
import { zhCounter } from '../../i18n/zh-counter.ts';
import { drawn } from '../../preview/drawn.tsx';
import { giveBackOf } from '../../preview/found.ts';
import { AttentionKeys } from './AttentionKeys.tsx';
import { itemsOf } from './items.ts';

const failed = giveBackOf({ state: 'failed', unproven: false, reason: 'E-REF-03', canRetry: true });

// Its question lies in a dialog, which is not drawn here.
it.each([
  ['zh', zhCounter.attention],
  ['en', enCounter.attention],
] as const)(
  'another try of a refund promises no new one and no new number, for WeChat Pay and Alipay want the old one: %s',
  async (language, { retry, retryNote, retryBody }) => {
    const [item] = itemsOf([], [failed]);
    if (item === undefined) throw new Error('no item');
    const keys = await drawn(<AttentionKeys item={item} act={() => {}} />, language);
    expect(keys).toContain(`${retry}\nF2\n${retryNote}\n`);
    expect(`${keys}${retryBody}`).not.toMatch(/新|单号|\bnew\b|number/i);
  },
);
