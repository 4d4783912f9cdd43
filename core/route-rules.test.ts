// What a route takes and shows follows from its contract, the enabled products and the shop's place; without a place nothing is limited.
import { expect, it } from 'vitest';
import {
  gatewayRouteSchema,
  type RouteConfiguration,
  wechatpayRouteSchema,
} from '../contract/configuration-routes.ts';
import { routeScan } from './domain/scan/router.ts';
import { routeFaults } from './configuration-routes.ts';
import { detectorOf, rulesOf, schemePresented, schemesOfRoute } from './route-rules.ts';
import { coverageOfShop } from './wallets.ts';

const WUHAN = '420100';
const CHENGDU = '510100';

const gateway = (change: object = {}): RouteConfiguration =>
  gatewayRouteSchema.parse({
    id: 'gateway',
    adapter: 'gateway',
    baseUrl: 'https://acquirer.example/',
    appId: 'A',
    appKeyFile: 'app.key',
    ...change,
  });

const wechat = (change: object): RouteConfiguration =>
  wechatpayRouteSchema.parse({
    id: 'wechat',
    adapter: 'wechatpay',
    appId: 'wx1',
    mchId: '1',
    merchantSerial: 'AB',
    merchantKeyFile: 'merchant.key',
    platformKeys: [{ serial: 'P', file: 'platform.pem' }],
    ...change,
  });

const kindOf = (code: string, route: RouteConfiguration, region: string | null) =>
  routeScan(new TextEncoder().encode(code), rulesOf(route, region)).kind;
const ECNY_code = '0112345678901234567';
const WECHAT_code = '130000000000000007';

it.each([
  ['place not told', gateway(), null, 'paymentCode'],
  ['a pilot region', gateway(), CHENGDU, 'paymentCode'],
  ['elsewhere', gateway(), WUHAN, 'unknownCode'],
  ['elsewhere, by the switch', gateway({ regions: { ECNY: 'all' } }), WUHAN, 'paymentCode'],
  ['elsewhere, by the contract', gateway({ regions: { ECNY: ['42'] } }), WUHAN, 'paymentCode'],
  ['main scan only', gateway({ passiveScan: false, mainScan: true }), null, 'unknownCode'],
])('an e-CNY code, %s', (_name, route, region, kind) => {
  expect(kindOf(ECNY_code, route, region)).toBe(kind);
});

it('the place limits no other wallet', () => {
  expect(kindOf(WECHAT_code, gateway(), WUHAN)).toBe('paymentCode');
  expect(schemesOfRoute(gateway(), null)).toContain('ECNY');
  expect(schemesOfRoute(gateway(), WUHAN)).toEqual(
    schemesOfRoute(gateway(), null).filter((scheme) => scheme !== 'ECNY'),
  );
});

it('a code of ours is shown where its wallet is taken, whether payment codes are taken or not', () => {
  expect(schemePresented(gateway({ passiveScan: false, mainScan: true }), WUHAN)).toBe('AGGREGATE');
  const limited = wechat({ mainScan: true, regions: { WECHAT: ['51'] } });
  expect(schemePresented(limited, WUHAN)).toBeNull();
  expect(schemePresented(limited, CHENGDU)).toBe('WECHAT');
  expect(schemePresented(wechat({}), CHENGDU)).toBeNull();
});

it('what no rule knows goes to a gateway that detects, and a wallet that it does not take never that way', () => {
  const withheldOf = (change: object, region: string | null) =>
    detectorOf(gateway({ detects: true, ...change }), region)?.withheld.map(({ scheme }) => scheme);
  expect(withheldOf({}, null)).toEqual([]);
  expect(withheldOf({}, WUHAN)).toEqual(['ECNY']);
  const limited = withheldOf({ schemes: ['WECHAT', 'ECNY'] }, CHENGDU);
  expect(limited).toEqual(expect.arrayContaining(['ALIPAY', 'UNIONPAY', 'JD']));
  expect(limited).not.toContain('ECNY');
  expect(withheldOf({ passiveScan: false, mainScan: true }, null)).toBeUndefined();
  expect(detectorOf(gateway(), null)).toBeNull();
});

it('the till’s own table tells the reason and the route', () => {
  const told = coverageOfShop({ store: { region: WUHAN }, routes: [gateway({ mainScan: true })] });
  const ecny = told.find(({ system }) => system.name_en === 'e-CNY');
  expect(ecny).toMatchObject({
    notTaken: { reason: 'region', routeIds: ['gateway'] },
    notShown: { reason: 'region', routeIds: ['gateway'] },
    formats: [{ scheme: 'ECNY', confidence: 'M' }],
  });
});

it('what can’t be meant is refused', () => {
  const keys = (route: RouteConfiguration, region: string | null) =>
    routeFaults(route, region).map(({ key }) => key);
  expect(keys(gateway({ regions: { ECNY: ['42'] } }), null)).toEqual(['regions']);
  expect(keys(gateway({ regions: { ECNY: ['42'] } }), WUHAN)).toEqual([]);
  expect(keys(gateway({ regions: { ECNY: 'all' } }), null)).toEqual([]);
  expect(keys(gateway({ passiveScan: false }), null)).toEqual(['passiveScan']);
  expect(routeFaults(wechat({ detects: true }), null)).toEqual([
    {
      key: 'detects',
      fault: 'needs an acquirer that recognises codes by itself; wechatpay takes its own codes only',
    },
  ]);
  expect(keys(gateway({ detects: true }), null)).toEqual([]);
  expect(keys(gateway({ detects: true, passiveScan: false, mainScan: true }), null)).toEqual(['detects']);
  expect(() => gateway({ codeRules: [{ scheme: 'UNKNOWN', pattern: '^7\\d{16}$' }] })).toThrow(
    'no rule knows',
  );
});
