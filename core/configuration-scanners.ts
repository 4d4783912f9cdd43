// Two scanners that can only ever be one device: the second one would stand there for ever and never scan.
import { resolve } from 'node:path';
import type { Configuration } from '../contract/configuration.ts';

type Scanner = Configuration['scanners'][number];

/** What one device alone can be; null where several may fit: two of one model, told apart by nothing. */
function deviceOf({ transport }: Scanner): string | null {
  if (transport.kind === 'serial') return resolve(transport.path);
  const { vendorId, productId, serial, path } = transport;
  if (path !== undefined) return resolve(path);
  return serial === undefined ? null : `${vendorId}:${productId}`.toLowerCase() + ` ${serial}`;
}

/** `scanners.1.transport: means the same device as scanners.0 ("hand")`. */
export function sameDevices(scanners: readonly Scanner[]): string[] {
  const devices = scanners.map(deviceOf);
  return devices.flatMap((device, index) => {
    const first = device === null ? index : devices.indexOf(device);
    if (first === index) return [];
    return [
      `scanners.${index}.transport: means the same device as scanners.${first} ("${scanners[first]?.id}")`,
    ];
  });
}
