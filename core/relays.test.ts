// A route's relay is opened with the files that it names, and a file that is not what it should be is named.
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { wechatpayRouteSchema, type WechatpayRoute } from '../contract/configuration-routes.ts';
import { makeWechatPayKeys } from '../fixtures/acquirers/wechatpay/keys.ts';
import { fakeClock } from '../test/core/fakes.ts';
import { openNotices } from './relays.ts';
import { routeFiles } from './route-files.ts';

let directory = '';
let route: WechatpayRoute;
const at = (name: string): string => join(directory, name);

beforeAll(() => {
  directory = mkdtempSync(join(tmpdir(), 'yima-relays-'));
  const keys = makeWechatPayKeys(at('keys'));
  writeFileSync(at('token'), 'a token of 20 letters\n', { mode: 0o600 });
  route = wechatpayRouteSchema.parse({
    id: 'wechat',
    adapter: 'wechatpay',
    appId: 'wx1',
    mchId: '1900000109',
    merchantSerial: keys.merchantSerial,
    merchantKeyFile: keys.merchantKeyFile,
    platformKeys: [{ serial: keys.platformSerial, file: keys.platformCertificateFile }],
    notifyUrl: 'https://pay.example.com/notify/wechat',
    apiV3KeyFile: keys.apiV3KeyFile,
    relay: { url: 'https://pay.example.com/relay', tokenFile: at('token') },
  });
});
afterAll(() => rmSync(directory, { recursive: true }));

const open = (changed: WechatpayRoute) =>
  openNotices({
    route: changed,
    place: 'routes.0',
    configuration: {
      store: { name_zh: '店', name_en: 'Shop', address: '', phone: '', region: null },
      terminal: {
        merchantCode: '898420157220001',
        terminalCode: '00810001',
        serial: 'S',
        deviceType: '11',
        ip: '192.0.2.1',
      },
    },
    target: { baseUrl: route.baseUrl, ca: null, timeout_ms: 1000 },
    clock: fakeClock(),
  });

const checked = (changed: WechatpayRoute): void => {
  for (const read of routeFiles(changed, 'routes.0')) read();
};

it('is none where none is configured, and opened where all is there', () => {
  const { relay: _none, ...without } = route;
  expect(open(without)).toBeNull();
  expect(open(route)).not.toBeNull();
  expect(() => checked(route)).not.toThrow();
});

it.each([
  ['no token', { tokenFile: 'nowhere' }, {}, /routes\.0\.relay\.tokenFile: /],
  ['a token that is a word', { tokenFile: 'short' }, {}, /tokenFile: .* shorter than 16/],
  ['a CA that is none', { caFile: 'token' }, {}, /routes\.0\.relay\.caFile: /],
  ['an APIv3 key of another length', {}, { apiV3KeyFile: 'token' }, /apiV3KeyFile: .* has 21 .* of 32/],
])('%s is named, by the check before the start and by the start', (_, relay, keys, words) => {
  writeFileSync(at('short'), 'word', { mode: 0o600 });
  const placed = (files: object): object =>
    Object.fromEntries(Object.entries(files).map(([key, name]) => [key, at(String(name))]));
  const changed = {
    ...route,
    ...placed(keys),
    relay: { ...route.relay, ...placed(relay) },
  } as WechatpayRoute;
  expect(() => checked(changed)).toThrow(words);
  expect(() => open(changed)).toThrow(words);
});
