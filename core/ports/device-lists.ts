// What is plugged into this machine, whether or not the configuration names it: the technician's first look.

export type SerialListing = {
  path: string;
  /** The name that survives replugging (/dev/serial/by-id/...), where the system has one. */
  stablePath: string | null;
  maker: string | null;
  serial: string | null;
  vendorId: string | null;
  productId: string | null;
};

export type HidListing = {
  path: string;
  vendorId: string;
  productId: string;
  maker: string | null;
  product: string | null;
  serial: string | null;
  /** Hexadecimal without 0x; `8c` is a bar code scanner (USB HID POS usage tables). */
  usagePage: string;
};

export type UsbPrinterListing = {
  path: string;
  /** IEEE 1284 id as the printer gives it, null when the system does not tell. */
  deviceId: string | null;
};

/** `problem`: why a list can't be had (no udevadm, no permission), in words; its list is empty then. */
export type DeviceLists = {
  serial: { found: SerialListing[]; problem: string | null };
  /** `reader`: what reads them on this machine, in words. */
  hid: { found: HidListing[]; problem: string | null; reader?: string };
  usbPrinters: { found: UsbPrinterListing[]; problem: string | null };
};

export interface DeviceLister {
  /** Posts exactly once; never rejects. */
  list(post: (lists: DeviceLists) => void): void;
}
