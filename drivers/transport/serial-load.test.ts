// What openSerial says when the package's native part does not load: only known at the first opening.
import { expect, it, vi } from 'vitest';
import { openSerial } from './serial.ts';

vi.mock('serialport', () => {
  throw new Error('no native part for this machine');
});

it('is a fault of the opening, which may be tried again, and no defect', async () => {
  const opened = await openSerial({ path: '/dev/null', baudRate: 9600 })({
    bytes: () => undefined,
    closed: () => undefined,
  });
  expect(opened).toMatchObject({ ok: false, fault: { code: 'serial.openFailed', retry: 'safe' } });
});
