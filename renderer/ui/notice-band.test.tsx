// What a dialog says of a key that the core has refused.
import { expect, it } from 'vitest';
import { drawn } from '../preview/drawn.tsx';
import { base } from '../preview/goods.ts';
import { RefusalSince } from './NoticeBand.tsx';

const refusal = { code: 'E-SHIFT-02', detail: '' } as const;
const before = { code: 'E-SCAN-02', detail: '' } as const;

it('a key that is refused in a dialog is answered there: what, whether the money is safe, what to do', async () => {
  const said = await drawn(<RefusalSince known={null} />, 'zh', base, { refusal });
  expect(said).toMatch(/还有一单没有了结\nE-SHIFT-02\n本单还在，没有改动。 请先收完、挂单或取消。/);
  expect(await drawn(<RefusalSince known={before} />, 'en', base, { refusal })).toContain('E-SHIFT-02');
});

it('a refusal that stood before the dialog opened is no answer to its keys', async () => {
  expect(await drawn(<RefusalSince known={refusal} />, 'zh', base, { refusal })).toBe('');
  expect(await drawn(<RefusalSince known={null} />)).toBe('');
});
