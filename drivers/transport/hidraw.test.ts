// hidraw: devices as the kernel describes them, and reports read without blocking from a pseudo terminal, which like
// hidraw says EAGAIN while there is nothing. (That hidraw gives one report at each read no pty can show.)
import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, it, vi } from 'vitest';
import { openPty } from '../../fixtures/devices/pty.ts';
import { hidraw } from './hidraw.ts';

vi.setConfig({ testTimeout: 60_000 });
const root = mkdtempSync(join(tmpdir(), 'yima-hidraw-'));
afterAll(() => rmSync(root, { recursive: true }));

it('lists what hangs on USB and what does not, and nothing where there is no hidraw', async () => {
  const at = (name: string) => join(root, 'sys/class/hidraw', name);
  const bluetooth = join(root, 'sys/devices/virtual/misc/uhid/0005:0C2E:0B07.0002');
  mkdirSync(bluetooth, { recursive: true });
  mkdirSync(at('hidraw3'), { recursive: true });
  mkdirSync(at('hidraw4'), { recursive: true });
  symlinkSync(bluetooth, join(at('hidraw3'), 'device'));
  writeFileSync(
    join(bluetooth, 'uevent'),
    'HID_ID=0005:00000C2E:00000B07\nHID_NAME=Pocket scanner\nHID_UNIQ=\n',
  );
  expect(await hidraw({}, join(root, 'sys'), '/dev').devices()).toEqual([
    {
      path: '/dev/hidraw3',
      vendorId: '0c2e',
      productId: '0b07',
      maker: null,
      product: 'Pocket scanner',
      serial: null,
      release: null,
      descriptor: null,
    },
  ]);
  expect(await hidraw({}, join(root, 'none')).devices()).toEqual([]);
  // this machine's own, whatever it has
  expect(Array.isArray(await hidraw().devices())).toBe(true);
});

it('reads reports as they come, and hears the plug', async () => {
  const pty = await openPty({ link: join(root, 'hidraw0') });
  const chunks: Uint8Array[] = [];
  const closed = vi.fn<(fault: unknown) => void>();
  const opened = await hidraw().open(pty.path)({ bytes: (chunk) => chunks.push(chunk), closed });
  if (!opened.ok) throw new Error(opened.fault.detail);
  await pty.whenOpened();
  const report = Uint8Array.from({ length: 64 }, (_, index) => index);
  await pty.write(report);
  await vi.waitFor(() => expect(Buffer.concat(chunks).equals(report)).toBe(true), { timeout: 50_000 });
  const closedByUs = vi.fn<(fault: unknown) => void>();
  const second = await hidraw().open(pty.path)({ bytes: () => undefined, closed: closedByUs });
  if (second.ok) await second.link.end();
  expect(closedByUs.mock.calls).toEqual([[null]]);
  await pty.hangUp();
  await vi.waitFor(() => expect(closed.mock.calls).toMatchObject([[{ code: 'hid.unplugged' }]]), {
    timeout: 50_000,
  });
  expect(await hidraw().open(pty.path)({ bytes: () => undefined, closed })).toMatchObject({
    ok: false,
    fault: { code: 'hid.notFound', retry: 'safe' },
  });
  await pty.close();
});
