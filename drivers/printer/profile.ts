// What printers can do, as data. Start from `generic80` for an unknown Chinese 80 mm printer (reference devices 3.4).

/** The pulse that opens the cash drawer. Pin 2 is the only one that Chinese printers wire (devices 3.4). */
export type DrawerPulse =
  /** ESC p: every printer has it; a printer without paper or with an open cover may keep it until it goes on. */
  | { command: 'ordered'; pin: 2 | 5; on_ms: number; off_ms: number }
  /** DLE DC4 1: at once, whatever the paper does. */
  | { command: 'realTime'; pin: 2 | 5; on_ms: number };

export type PrinterProfile = {
  name: string;
  /** ASCII characters in a line at size 1. */
  columns: 48 | 32;
  /** Printable dots in a line. */
  dots: 576 | 384;
  /** GS ( H fn 48 tells when printing is completed. Not on clones nor TM-T88III, TM-U220. */
  processId: boolean;
  /** GS a is kept to the letter: automatic status shows paper out while the receive buffer is full. */
  automaticStatus: boolean;
  /** DLE DC4 8 clears the buffer, so that an abandoned receipt does not come out later. */
  clearBuffers: boolean;
  /** GS ( k, or a picture for firmware that has no QR code. */
  qr: 'native' | 'raster';
  /** GS k 73, or a picture for firmware that has no bar codes. */
  barcode: 'native' | 'raster';
  /** GS V 66, or feed and tear. */
  cut: 'feedAndCut' | 'none';
  /** Hanzi obey FS ! instead of GS !. */
  hanziSize: boolean;
  drawer: DrawerPulse;
};

const generic80: PrinterProfile = {
  name: 'generic80',
  columns: 48,
  dots: 576,
  processId: false,
  automaticStatus: false,
  clearBuffers: false,
  qr: 'native',
  barcode: 'native',
  cut: 'feedAndCut',
  hanziSize: false,
  drawer: { command: 'ordered', pin: 2, on_ms: 50, off_ms: 500 },
};

export const printerProfiles = {
  generic80,
  epson80: {
    ...generic80,
    name: 'epson80',
    processId: true,
    automaticStatus: true,
    clearBuffers: true,
    drawer: { command: 'realTime', pin: 2, on_ms: 100 },
  },
  // escpos-printer-db ZJ-5870: no native QR, no bar code, no cutter
  generic58: {
    ...generic80,
    name: 'generic58',
    columns: 32,
    dots: 384,
    qr: 'raster',
    barcode: 'raster',
    cut: 'none',
  },
} as const satisfies Record<string, PrinterProfile>;

/** More than any of our commands has of data: a bar code as a picture, else the text of a QR code. */
export function longestData_bytes({ qr, barcode }: PrinterProfile): number {
  return qr === 'raster' || barcode === 'raster' ? 4096 : 1024;
}

export type PrinterProfileName = keyof typeof printerProfiles;
