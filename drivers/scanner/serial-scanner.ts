// A scanner on a byte link, whose scans are cut out of the stream by a framing. Reference devices 4.3.
import type { LinkOpener } from '../../core/ports/byte-link.ts';
import type { Scanner } from '../../core/ports/scanner.ts';
import { DeviceScanner, type DeviceScannerOptions } from './device-scanner.ts';
import { Framer, type Framing } from './framing.ts';

export type SerialScannerOptions = Omit<DeviceScannerOptions, 'open'> & {
  open: LinkOpener;
  framing: Framing;
};

export function createSerialScanner({ open, framing, ...options }: SerialScannerOptions): Scanner {
  const decoder = new Framer(framing);
  return new DeviceScanner({
    ...options,
    open: async (listener) => {
      const result = await open(listener);
      return result.ok ? { ...result, decoder } : result;
    },
  });
}
