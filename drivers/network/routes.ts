// The kernel's routing tables as text (/proc/net/route, /proc/net/ipv6_route; linux/route.h). Pure.
import { BlockList, isIPv6 } from 'node:net';

export type Route = { interfaceName: string; isDefault: boolean; covers(address: string): boolean };

/** RTF_UP and RTF_REJECT of linux/route.h. */
const UP = 0x0001;
const REJECT = 0x0200;

function isUsable(interfaceName: string, flags: number): boolean {
  return interfaceName !== 'lo' && (flags & UP) !== 0 && (flags & REJECT) === 0;
}

function routeTo(interfaceName: string, network: string, prefix_bits: number): Route {
  const family = isIPv6(network) ? 'ipv6' : 'ipv4';
  const list = new BlockList();
  list.addSubnet(network, prefix_bits, family);
  return {
    interfaceName,
    isDefault: prefix_bits === 0,
    covers: (address) =>
      isIPv6(address) === (family === 'ipv6') && list.check(address, isIPv6(address) ? 'ipv6' : 'ipv4'),
  };
}

/** Bytes of a 32-bit number that the kernel wrote in host order; all machines that we run on are little-endian. */
function bytesOf(hex: string): number[] {
  const bytes = [0, 2, 4, 6].map((at) => Number.parseInt(hex.slice(at, at + 2), 16));
  return bytes.toReversed();
}

const ones = (bytes: readonly number[]): number =>
  bytes.reduce((sum, byte) => sum + byte.toString(2).replaceAll('0', '').length, 0);

/** Lines of `Iface Destination Gateway Flags RefCnt Use Metric Mask ...` below a heading. */
export function parseRoutes4(text: string): Route[] {
  return text.split('\n').flatMap((line) => {
    const fields = line.trim().split(/\s+/);
    const [interfaceName = '', destination = '', , flags = ''] = fields;
    const mask = fields[7] ?? '';
    if (![destination, mask].every((field) => /^[0-9A-Fa-f]{8}$/.test(field))) return [];
    if (!isUsable(interfaceName, Number.parseInt(flags, 16))) return [];
    return [routeTo(interfaceName, bytesOf(destination).join('.'), ones(bytesOf(mask)))];
  });
}

/** Lines of `destination prefix source prefix next-hop metric references use flags interface`, all hexadecimal. */
export function parseRoutes6(text: string): Route[] {
  return text.split('\n').flatMap((line) => {
    const fields = line.trim().split(/\s+/);
    const [destination = '', prefix = ''] = fields;
    const [flags = '', interfaceName = ''] = fields.slice(8);
    if (!/^[0-9a-f]{32}$/i.test(destination) || !/^[0-9a-f]{2}$/i.test(prefix)) return [];
    if (!isUsable(interfaceName, Number.parseInt(flags, 16))) return [];
    const network = (destination.match(/.{4}/g) ?? []).join(':');
    return [routeTo(interfaceName, network, Number.parseInt(prefix, 16))];
  });
}
