// A call whose HTTP client does not load: nothing can have left.
import { expect, it, vi } from 'vitest';
import { call } from './call.ts';

vi.mock('undici', () => {
  throw new Error('the package is spoiled');
});

it('is proven not sent, and does not reject', async () => {
  const settings = {
    baseUrl: 'https://127.0.0.1:1',
    ca: null,
    key: { appId: 'YIMA', appKey: Buffer.from('0123456789abcdef') },
    connectTimeout_ms: 1000,
    nonce: () => 'n',
    wall_ms: () => 0,
  };
  const outcome = await call(settings, { path: '/pay', body: {}, timeout_ms: 1000 });
  expect(outcome).toEqual({ kind: 'notSent', cause: expect.any(String) });
});
