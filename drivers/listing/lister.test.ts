// The list of what is plugged in, from made-up trees laid out as the kernel's and udev's, and from this machine's own.
import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterAll, expect, it } from 'vitest';
import type { Clock } from '../../core/ports/clock.ts';
import type { DeviceLists } from '../../core/ports/device-lists.ts';
import { mouseDescriptor, scannerDescriptors } from '../../fixtures/devices/hid-scanner/descriptors.ts';
import { hidApi } from '../transport/hid-api.ts';
import { hidraw } from '../transport/hidraw.ts';
import { createDeviceLister, type ListerParts } from './lister.ts';

const root = mkdtempSync(join(tmpdir(), 'yima-listing-'));
const sysRoot = join(root, 'sys');
const devRoot = join(root, 'dev');
afterAll(() => rmSync(root, { recursive: true }));

function put(path: string, content: string | Uint8Array): void {
  mkdirSync(dirname(join(root, path)), { recursive: true });
  writeFileSync(join(root, path), content);
}
function link(path: string, target: string): void {
  mkdirSync(dirname(join(root, path)), { recursive: true });
  symlinkSync(join(root, target), join(root, path));
}
/** node-hid lists this machine's devices only. */
const made = { ...hidraw({}, sysRoot, devRoot), backend: () => null };
const list = (parts: ListerParts = {}) =>
  new Promise<DeviceLists>((resolve) =>
    createDeviceLister({ sysRoot, devRoot, hid: made, ...parts }).list(resolve),
  );

/** A device on USB: its numbers, and the class link that leads to it. */
function plug(port: string, numbers: [string, string], kind: string, name: string): string {
  const usb = `sys/devices/usb1/${port}`;
  put(`${usb}/idVendor`, `${numbers[0]}\n`);
  put(`${usb}/idProduct`, `${numbers[1]}\n`);
  const part = `${usb}/${port}:1.0`;
  mkdirSync(join(root, part, kind, name), { recursive: true });
  link(`${part}/${kind}/${name}/device`, part);
  link(`sys/class/${kind}/${name}`, `${part}/${kind}/${name}`);
  return part;
}

it('is empty, without a problem, where nothing is plugged in', async () => {
  const none = { found: [], problem: null };
  expect(await list()).toEqual({ serial: none, hid: none, usbPrinters: none });
});

it('names ports, scanners and printers with what tells them apart', async () => {
  plug('1-1', ['0403', '6001'], 'tty', 'ttyUSB0');
  put('sys/devices/usb1/1-1/manufacturer', 'FTDI\n');
  put('sys/devices/usb1/1-1/serial', 'A50285BI\n');
  put('dev/ttyUSB0', '');
  link('dev/serial/by-id/usb-FTDI_FT232R_A50285BI-if00-port0', 'dev/ttyUSB0');
  link('dev/serial/by-path/pci-usb-1.1', 'dev/ttyUSB0');
  plug('1-2', ['1a86', '7523'], 'tty', 'ttyUSB1');
  put('dev/ttyUSB1', '');
  link('dev/serial/by-path/pci-usb-1.2', 'dev/ttyUSB1');
  // a real RS-232 port, one that nobody built in, and a console
  for (const [name, type] of [
    ['ttyS0', '4'],
    ['ttyS1', '0'],
  ] as const) {
    put(`sys/devices/pnp/${name}/tty/${name}/type`, `${type}\n`);
    link(`sys/devices/pnp/${name}/tty/${name}/device`, `sys/devices/pnp/${name}`);
    link(`sys/class/tty/${name}`, `sys/devices/pnp/${name}/tty/${name}`);
  }
  mkdirSync(join(root, 'sys/class/tty/tty1'));
  const scanner = plug('1-3', ['0c2e', '0b81'], 'hidraw', 'hidraw1');
  put(`${scanner}/uevent`, 'HID_ID=0003:00000C2E:00000B81\n');
  put(`${scanner}/report_descriptor`, Uint8Array.from(scannerDescriptors.lengthFirst));
  const mouse = plug('1-4', ['046d', 'c077'], 'hidraw', 'hidraw0');
  put(`${mouse}/uevent`, 'HID_ID=0003:0000046D:0000C077\nHID_NAME=Mouse\n');
  put(`${mouse}/report_descriptor`, Uint8Array.from(mouseDescriptor));
  const printer = plug('1-5', ['04b8', '0e28'], 'usbmisc', 'lp1');
  put(`${printer}/ieee1284_id`, 'MFG:EPSON;CMD:ESC/POS;MDL:TM-T82;\n');
  put('dev/usb/lp0', '');
  put('dev/usb/hiddev0', '');
  const { serial, hid, usbPrinters } = await list();
  const nothing = { maker: null, serial: null, vendorId: null, productId: null };
  expect(serial).toEqual({
    found: [
      { ...nothing, path: join(devRoot, 'ttyS0'), stablePath: null },
      {
        path: join(devRoot, 'ttyUSB0'),
        stablePath: join(devRoot, 'serial/by-id/usb-FTDI_FT232R_A50285BI-if00-port0'),
        maker: 'FTDI',
        serial: 'A50285BI',
        vendorId: '0403',
        productId: '6001',
      },
      {
        ...nothing,
        path: join(devRoot, 'ttyUSB1'),
        stablePath: join(devRoot, 'serial/by-path/pci-usb-1.2'),
        vendorId: '1a86',
        productId: '7523',
      },
    ],
    problem: null,
  });
  expect(hid.found.map(({ path, vendorId, usagePage }) => [path, vendorId, usagePage])).toEqual([
    [join(devRoot, 'hidraw0'), '046d', '01'],
    [join(devRoot, 'hidraw1'), '0c2e', '8c'],
  ]);
  expect(usbPrinters).toEqual({
    found: [
      { path: join(devRoot, 'usb/lp0'), deviceId: null },
      { path: join(devRoot, 'usb/lp1'), deviceId: 'MFG:EPSON;CMD:ESC/POS;MDL:TM-T82;' },
    ],
    problem: null,
  });
});

it('says why a list cannot be had, and gives the others', async () => {
  const loop = join(root, 'loop');
  symlinkSync(loop, loop);
  const { serial, usbPrinters } = await list({ devRoot: loop });
  expect(serial.found).toEqual([]);
  expect(serial.problem).toContain('ELOOP');
  expect(usbPrinters.problem).toContain('ELOOP');
});

it('ends after its limit, whatever hangs', async () => {
  const clock: Clock = {
    wall_ms: () => 0,
    steady_ms: () => 0,
    after: (_delay_ms, run) => {
      run();
      return () => undefined;
    },
  };
  const late = { found: [], problem: 'no answer within 3 s' };
  expect(await list({ clock })).toEqual({ serial: late, hid: late, usbPrinters: late });
});

it('lists this machine, its HID devices by node-hid', async () => {
  const lists = await new Promise<DeviceLists>((resolve) => createDeviceLister().list(resolve));
  const { serial, hid, usbPrinters } = lists;
  expect([serial.problem, hid.problem, usbPrinters.problem]).toEqual([null, null, null]);
  expect(hid.reader).toBe('node-hid');
});

it('says that hidraw had to do, and why', async () => {
  const hid = hidApi({ load: () => Promise.reject(new Error('libusb-1.0.so.0: cannot open')) });
  const lists = await list({ hid });
  expect(lists.hid.reader).toBe('hidraw (node-hid does not load: libusb-1.0.so.0: cannot open)');
});
