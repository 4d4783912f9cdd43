// Which ends of a route's certificates the doctor is told: of a bundle all that count, and of those that follow one another the newest.
import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import {
  alipayRouteSchema,
  type RouteConfiguration,
  unionpayRouteSchema,
  wechatpayRouteSchema,
} from '../contract/configuration-routes.ts';
import { certificateEnds } from './certificate-ends.ts';
import { certificatesFound } from './diagnostics/certificates.ts';

const day_ms = 24 * 3600 * 1000;
let directory = '';
let files: Record<string, string> = {};

/** One that is good for so many days from now. */
function certificate(name: string, days: number, isAuthority: boolean): string {
  const file = join(directory, `${name}-${days}.pem`);
  const curve = ['-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:prime256v1', '-nodes'];
  const kind = ['-addext', `basicConstraints=critical,CA:${isAuthority ? 'TRUE' : 'FALSE'}`];
  const out = ['-keyout', `${file}.key`, '-out', file];
  const about = ['-subj', `/O=Yima/CN=${name}`, '-days', String(days)];
  execFileSync('openssl', ['req', '-x509', ...curve, ...about, ...kind, ...out], { stdio: 'ignore' });
  return readFileSync(file, 'utf8');
}

const bundle = (name: string, ...parts: string[]): string => {
  const file = join(directory, name);
  writeFileSync(file, parts.join(''));
  return file;
};

beforeAll(() => {
  directory = mkdtempSync(join(tmpdir(), 'yima-ends-'));
  const own = [certificate('Shop', 3, false), certificate('Shop', 300, false)] as const;
  const signers = [certificate('Signer', 4, false), certificate('Signer', 200, false)] as const;
  const roots = [certificate('Root One', 900, true), certificate('Root Two', 6, true)] as const;
  const between = [certificate('Middle', 5, true), certificate('Middle', 500, true)] as const;
  files = {
    own: bundle('own.pem', own[0], own[1]),
    ownNew: bundle('own-new.pem', own[1]),
    signerOld: bundle('signer-old.pem', signers[0]),
    signerBoth: bundle('signer-both.pem', ...signers, between[0]),
    signerNew: bundle('signer-new.pem', signers[1]),
    roots: bundle('roots.pem', ...roots),
    root: bundle('root.pem', roots[0]),
    between: bundle('between.pem', ...between),
    publicKey: bundle('public.pem', '-----BEGIN PUBLIC KEY-----\nAAAA\n-----END PUBLIC KEY-----\n'),
  };
});
afterAll(() => rmSync(directory, { recursive: true }));

const of = (name: string): string => files[name] ?? '';
const relay = () => ({ url: 'https://pay.example.com/relay', tokenFile: 'x', caFile: of('root') });
const unionpay = (): RouteConfiguration =>
  unionpayRouteSchema.parse({
    id: 'unionpay',
    adapter: 'unionpay',
    merId: '777290058110048',
    caFile: of('roots'),
    relay: relay(),
    merchantKeyFile: 'x',
    merchantCertificateFile: of('own'),
    rootCertificateFile: of('roots'),
    intermediateCertificateFile: of('between'),
  });
const alipay = (alipayCertificateFile: string): RouteConfiguration =>
  alipayRouteSchema.parse({
    id: 'alipay',
    adapter: 'alipay',
    appId: '2021000118612345',
    merchantKeyFile: 'x',
    keys: {
      kind: 'certificate',
      appCertificateFile: of('ownNew'),
      alipayCertificateFile,
      alipayRootCertificateFile: of('roots'),
    },
  });
const wechat = (platform: string[], own?: string): RouteConfiguration =>
  wechatpayRouteSchema.parse({
    id: 'wechat',
    adapter: 'wechatpay',
    appId: 'wx1',
    mchId: '1900000001',
    merchantSerial: 'AB',
    merchantKeyFile: 'x',
    ...(own === undefined ? {} : { merchantCertificateFile: own }),
    platformKeys: platform.map((file, index) => ({ serial: `S${index}`, file })),
  });

it.each<[string, () => RouteConfiguration, Record<string, number>]>([
  [
    'UnionPay: our first, each authority, the newest of one name',
    unionpay,
    {
      'caFile (Root One)': 900,
      'caFile (Root Two)': 6,
      'relay.caFile': 900,
      merchantCertificateFile: 3,
      'rootCertificateFile (Root One)': 900,
      'rootCertificateFile (Root Two)': 6,
      intermediateCertificateFile: 500,
    },
  ],
  [
    'Alipay, its old certificate alone',
    () => alipay(of('signerOld')),
    {
      appCertificateFile: 300,
      alipayCertificateFile: 4,
      'alipayRootCertificateFile (Root One)': 900,
      'alipayRootCertificateFile (Root Two)': 6,
    },
  ],
  [
    'Alipay, the new one beside it, and an authority that nobody asks for its date',
    () => alipay(of('signerBoth')),
    {
      appCertificateFile: 300,
      alipayCertificateFile: 200,
      'alipayRootCertificateFile (Root One)': 900,
      'alipayRootCertificateFile (Root Two)': 6,
    },
  ],
  ['WeChat, the old platform certificate', () => wechat([of('signerOld')]), { 'platformKeys.0': 4 }],
  [
    'WeChat, both, and our own',
    () => wechat([of('signerOld'), of('signerNew')], of('ownNew')),
    { merchantCertificateFile: 300, 'platformKeys.1': 200 },
  ],
  ['WeChat, a public key', () => wechat([of('publicKey')]), {}],
])('%s', (_, route, days) => {
  const found = certificateEnds(route()).map(({ name, validTo_ms }) => [
    name,
    Math.round((validTo_ms - Date.now()) / day_ms),
  ]);
  expect(Object.fromEntries(found)).toEqual(days);
});

it('a second certificate of a bundle raises the alarm, by its name', () => {
  const noon_ms = Date.now();
  expect(certificatesFound(certificateEnds(alipay(of('signerNew'))), noon_ms)).toMatchObject({
    finding: 'certificateEndsThisWeek',
    detail: expect.stringMatching(/^alipayRootCertificateFile \(Root Two\) 5 d /) as string,
  });
});
