// Lines as Linux prints them, from machines with Ethernet, Docker and IPv6.
import { expect, it } from 'vitest';
import { parseRoutes4, parseRoutes6 } from './routes.ts';

const heading = 'Iface\tDestination\tGateway \tFlags\tRefCnt\tUse\tMetric\tMask\t\tMTU\tWindow\tIRTT';
const four = [
  heading,
  // 192.168.1.0/24 by eth0, 10.20.0.0/16 refused, 172.17.0.0/16 not up
  'eth0\t0001A8C0\t00000000\t0001\t0\t0\t100\t00FFFFFF\t0\t0\t0',
  '*\t0000140A\t00000000\t0201\t0\t0\t0\t0000FFFF\t0\t0\t0',
  'docker0\t000011AC\t00000000\t0000\t0\t0\t0\t0000FFFF\t0\t0\t0',
].join('\n');

it('IPv4: networks by mask; refused ones and those that are not up do not count', () => {
  const routes = parseRoutes4(four);
  expect(routes.map(({ interfaceName, isDefault }) => [interfaceName, isDefault])).toEqual([['eth0', false]]);
  const covers = (address: string) => routes.some((route) => route.covers(address));
  expect(covers('192.168.1.77')).toBe(true);
  expect(covers('192.168.2.77')).toBe(false);
  expect(covers('10.20.1.1')).toBe(false);
  expect(covers('::1')).toBe(false);
});

it('IPv4: the default route', () => {
  const [route, ...more] = parseRoutes4(
    `${heading}\neth0\t00000000\t0101A8C0\t0003\t0\t0\t100\t00000000\t0\t0\t0\n`,
  );
  expect(more).toEqual([]);
  expect(route?.isDefault).toBe(true);
  expect(route?.covers('203.0.113.9')).toBe(true);
});

it('IPv6: default and network, without the refusals that Linux keeps on lo', () => {
  const zeros = '0'.repeat(32);
  const text = [
    `${zeros} 00 ${zeros} 00 fe800000000000000000000000000001 00000400 00000001 00000000 00000003     eth0`,
    `20010db8000000000000000000000000 20 ${zeros} 00 ${zeros} 00000100 00000001 00000000 00000001     eth1`,
    `${zeros} 00 ${zeros} 00 ${zeros} ffffffff 00000001 00000000 00200200       lo`,
    `20010db9000000000000000000000000 20 ${zeros} 00 ${zeros} 00000100 00000001 00000000 00000201     eth1`,
  ].join('\n');
  const routes = parseRoutes6(text);
  expect(routes.map(({ interfaceName, isDefault }) => [interfaceName, isDefault])).toEqual([
    ['eth0', true],
    ['eth1', false],
  ]);
  expect(routes[1]?.covers('2001:db8::7')).toBe(true);
  expect(routes[1]?.covers('2001:db9::7')).toBe(false);
  expect(routes[1]?.covers('192.0.2.1')).toBe(false);
});

it.each(['', 'garbage', heading, 'eth0 zz', `${'0'.repeat(32)} zz`])('nothing in %j', (text) => {
  expect([...parseRoutes4(text), ...parseRoutes6(text)]).toEqual([]);
});
