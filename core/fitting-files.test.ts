// Keys and certificates that are good each and do not belong together are refused by their field, before the core starts and as it does.
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import {
  alipayRouteSchema,
  type RouteConfiguration,
  unionpayRouteSchema,
  wechatpayRouteSchema,
} from '../contract/configuration-routes.ts';
import { type AlipayKeyFiles, makeAlipayKeys, makeSuccessor } from '../fixtures/acquirers/alipay/keys.ts';
import { makeUnionpayKeys, type UnionpayKeyFiles } from '../fixtures/acquirers/unionpay/keys.ts';
import { makeWechatPayKeys, type WechatPayKeys } from '../fixtures/acquirers/wechatpay/keys.ts';
import { routeFiles } from './route-files.ts';

let directory = '';
let alipay: AlipayKeyFiles;
let union: UnionpayKeyFiles;
let wechat: WechatPayKeys;

beforeAll(() => {
  directory = mkdtempSync(join(tmpdir(), 'yima-fitting-'));
  alipay = makeAlipayKeys(join(directory, 'alipay'));
  union = makeUnionpayKeys(join(directory, 'unionpay'));
  wechat = makeWechatPayKeys(join(directory, 'wechat'));
});
afterAll(() => rmSync(directory, { recursive: true }));

/** What `yima config check` says of the route. */
const problems = (route: RouteConfiguration): string[] =>
  routeFiles(route, 'routes.1').flatMap((read) => {
    try {
      read();
      return [];
    } catch (error) {
      return [error instanceof Error ? error.message : String(error)];
    }
  });

function joined(name: string, ...parts: string[]): string {
  const file = join(directory, name);
  writeFileSync(file, parts.map((part) => readFileSync(part, 'utf8')).join(''));
  return file;
}

describe('WeChat Pay', () => {
  const route = (change: object = {}) =>
    wechatpayRouteSchema.parse({
      id: 'wechat',
      adapter: 'wechatpay',
      appId: 'wx1',
      mchId: '1900000001',
      merchantSerial: wechat.merchantSerial,
      merchantKeyFile: wechat.merchantKeyFile,
      merchantCertificateFile: wechat.merchantCertificateFile,
      platformKeys: [{ serial: wechat.platformSerial, file: wechat.platformCertificateFile }],
      ...change,
    });

  it('takes the pair, in small letters and with a zero too many as well', () => {
    expect(problems(route())).toEqual([]);
    const merchantSerial = `0${wechat.merchantSerial.toLowerCase()}`;
    expect(problems(route({ merchantSerial }))).toEqual([]);
  });

  it('refuses the certificate of another key, and the serial number of another certificate', () => {
    expect(problems(route({ merchantCertificateFile: wechat.platformCertificateFile }))).toEqual([
      expect.stringMatching(/^routes\.1\.merchantCertificateFile: .* was made out for another key than /),
    ]);
    expect(problems(route({ merchantSerial: 'AB12' }))).toEqual([
      expect.stringMatching(/^routes\.1\.merchantSerial: is AB12, and .* has the serial number /),
    ]);
  });

  it('names a certificate that is none once, and asks for none', () => {
    expect(problems(route({ merchantCertificateFile: wechat.publicKeyFile }))).toEqual([
      expect.stringMatching(/^routes\.1\.merchantCertificateFile: /),
    ]);
    expect(problems(route({ merchantCertificateFile: undefined, merchantSerial: 'AB12' }))).toEqual([]);
  });
});

describe('Alipay', () => {
  const certified = (change: object = {}) =>
    alipayRouteSchema.parse({
      id: 'alipay',
      adapter: 'alipay',
      appId: '2021000118612345',
      merchantKeyFile: alipay.merchantKeyFile,
      keys: {
        kind: 'certificate',
        appCertificateFile: alipay.appCertFile,
        alipayCertificateFile: alipay.alipayCertFile,
        alipayRootCertificateFile: alipay.rootCertFile,
        ...change,
      },
    });
  const keyed = (alipayPublicKeyFile: string) =>
    alipayRouteSchema.parse({ ...certified(), keys: { kind: 'publicKey', alipayPublicKeyFile } });

  it('takes one certificate or two, and one key or two', () => {
    const next = makeSuccessor(alipay);
    const certificates = joined('both.crt', alipay.alipayCertFile, next.alipayCertFile);
    const keys = joined('both.pem', alipay.alipayPublicKeyFile, next.alipayPublicKeyFile);
    expect(problems(certified())).toEqual([]);
    expect(problems(certified({ alipayCertificateFile: certificates }))).toEqual([]);
    expect(problems(keyed(keys))).toEqual([]);
  });

  it('refuses the application certificate of another key', () => {
    expect(problems(certified({ appCertificateFile: alipay.alipayCertFile }))).toEqual([
      expect.stringMatching(/^routes\.1\.keys\.appCertificateFile: .* was made out for another key than /),
    ]);
  });

  it('refuses what stands in a bundle behind a good one, and is none of Alipay’s', () => {
    const stranger = joined('stranger.crt', alipay.alipayCertFile, wechat.platformCertificateFile);
    expect(problems(certified({ alipayCertificateFile: stranger }))).toEqual([
      'routes.1.keys.alipayCertificateFile: "Yima test WeChat Pay" was not issued under the configured root',
    ]);
    const broken = join(directory, 'broken.pem');
    const text = readFileSync(alipay.alipayPublicKeyFile, 'utf8');
    writeFileSync(broken, `${text}-----BEGIN PUBLIC KEY-----\nAAAA\n-----END PUBLIC KEY-----\n`);
    expect(problems(keyed(broken))).toEqual([
      expect.stringMatching(/^routes\.1\.keys\.alipayPublicKeyFile: /),
    ]);
  });
});

it('UnionPay refuses the certificate of another key', () => {
  const route = (merchantCertificateFile: string) =>
    unionpayRouteSchema.parse({
      id: 'unionpay',
      adapter: 'unionpay',
      merId: '777290058110048',
      merchantKeyFile: union.merchantKeyFile,
      merchantCertificateFile,
      rootCertificateFile: union.rootCertFile,
      intermediateCertificateFile: union.intermediateCertFile,
    });
  expect(problems(route(union.merchantCertFile))).toEqual([]);
  expect(problems(route(union.signerCertFile))).toEqual([
    expect.stringMatching(/^routes\.1\.merchantCertificateFile: .* was made out for another key than /),
  ]);
});
