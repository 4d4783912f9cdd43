// What is plugged into this machine. (First shape by the lead: core/technician.ts calls createDeviceLister; the transports
// helper fills it in and may change everything but the name.)
import type { DeviceLister } from '../../core/ports/device-lists.ts';

export function createDeviceLister(): DeviceLister {
  const nothing = { found: [], problem: 'not looked' };
  return { list: (post) => post({ serial: nothing, hid: nothing, usbPrinters: nothing }) };
}
