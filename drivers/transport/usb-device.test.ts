// Who a device is, read from a made-up /sys laid out as the kernel's: class links that lead into the device tree.
import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, it } from 'vitest';
import { serialIdentity, usbDeviceAt } from './usb-device.ts';

const root = mkdtempSync(join(tmpdir(), 'yima-sys-'));
afterAll(() => rmSync(root, { recursive: true }));

const usb = join(root, 'devices/pci0000:00/usb1/1-2');
const tty = join(usb, '1-2:1.0/ttyUSB0/tty/ttyUSB0');
mkdirSync(tty, { recursive: true });
mkdirSync(join(root, 'class/tty'), { recursive: true });
mkdirSync(join(root, 'devices/platform/serial8250/tty/ttyS0'), { recursive: true });
for (const [file, text] of Object.entries({
  idVendor: '0403\n',
  idProduct: '6001\n',
  manufacturer: 'FTDI\n',
  product: 'FT232R USB UART\n',
  serial: `${'A'.repeat(5000)}\n`,
  bcdDevice: '0600\n',
}))
  writeFileSync(join(usb, file), text);
symlinkSync('../..', join(tty, 'device'));
symlinkSync(tty, join(root, 'class/tty/ttyUSB0'));
symlinkSync('../../../serial8250', join(root, 'devices/platform/serial8250/tty/ttyS0/device'));
symlinkSync(join(root, 'devices/platform/serial8250/tty/ttyS0'), join(root, 'class/tty/ttyS0'));

it('finds the USB device above the adapter, and bounds what it says', async () => {
  const link = join(root, 'by-id');
  writeFileSync(join(root, 'ttyUSB0'), '');
  symlinkSync(join(root, 'ttyUSB0'), link);
  expect(await serialIdentity(link, root)).toEqual({
    maker: 'FTDI',
    model: 'FT232R USB UART',
    serial: 'A'.repeat(126),
    firmware: '6.00',
  });
});

it('has nothing to say of a device on no USB, and of one that is not there', async () => {
  expect(await usbDeviceAt(join(root, 'class/tty/ttyS0/device'))).toBeNull();
  expect(await serialIdentity(join(root, 'gone'), root)).toBeNull();
});
