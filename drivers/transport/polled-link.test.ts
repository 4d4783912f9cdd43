// The polled link on a handle that does as told: what no pseudo terminal can be made to do at a chosen moment.
import type { FileHandle } from 'node:fs/promises';
import { expect, it } from 'vitest';
import { CloseOnce } from './link-state.ts';
import { monotonicClock } from './monotonic-clock.ts';
import { PolledLink } from './polled-link.ts';

it('has ended only when the descriptor is closed, also where the device went away just before', async () => {
  const order: string[] = [];
  const gone = Object.assign(new Error('EIO: i/o error, read'), { code: 'EIO' });
  const handle = {
    read: () => Promise.reject(gone),
    close: async () => {
      await new Promise((resolve) => setImmediate(resolve));
      order.push('descriptor closed');
    },
  } as unknown as FileHandle;
  const lost = Promise.withResolvers<void>();
  const listener = { bytes: () => undefined, closed: () => lost.resolve() };
  const state = new CloseOnce(listener);
  const link = new PolledLink({ handle, kind: 'usb', clock: monotonicClock(), listener, state });
  link.read();
  await lost.promise;
  await link.end();
  order.push('ended');
  expect(order).toEqual(['descriptor closed', 'ended']);
});
