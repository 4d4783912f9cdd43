// The files of a route with UnionPay: each is named when it is wrong, those that don't belong together are refused, and the ends of
// certificates are told.
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { X509Certificate } from 'node:crypto';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { unionpayRouteSchema, type UnionpayRoute } from '../contract/configuration-routes.ts';
import { makeUnionpayKeys, type UnionpayKeyFiles } from '../fixtures/acquirers/unionpay/keys.ts';
import { fakeClock } from '../test/core/fakes.ts';
import { openAcquirer } from './acquirers.ts';
import { certificateEnds } from './certificate-ends.ts';
import { routeFiles } from './route-files.ts';

let directory = '';
let files: UnionpayKeyFiles;
let route: UnionpayRoute;

beforeAll(() => {
  directory = mkdtempSync(join(tmpdir(), 'yima-route-'));
  files = makeUnionpayKeys(join(directory, 'keys'));
  route = unionpayRouteSchema.parse({
    id: 'unionpay',
    adapter: 'unionpay',
    merId: '777290058110048',
    merchantKeyFile: files.merchantKeyFile,
    merchantCertificateFile: files.merchantCertFile,
    rootCertificateFile: files.rootCertFile,
    intermediateCertificateFile: files.intermediateCertFile,
  });
});
afterAll(() => rmSync(directory, { recursive: true }));

const problems = (changed: Partial<UnionpayRoute>): string[] =>
  routeFiles({ ...route, ...changed }, 'routes.2').flatMap((read) => {
    try {
      read();
      return [];
    } catch (error) {
      return [error instanceof Error ? error.message : String(error)];
    }
  });

const open = (changed: Partial<UnionpayRoute> = {}) =>
  openAcquirer({
    route: { ...route, ...changed },
    place: 'routes.2',
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

describe('the files', () => {
  it('are all good', () => expect(problems({})).toEqual([]));

  it.each([
    'merchantKeyFile',
    'merchantCertificateFile',
    'rootCertificateFile',
    'intermediateCertificateFile',
  ] as const)('a %s that is not there, or something else, is named', (key) => {
    const other = join(directory, 'other.pem');
    writeFileSync(other, 'nothing\n', { mode: 0o600 });
    expect(problems({ [key]: join(directory, 'nowhere') })).toEqual([
      expect.stringMatching(new RegExp(`^routes\\.2\\.${key}: `)),
    ]);
    expect(problems({ [key]: other })).toEqual([expect.stringMatching(new RegExp(`^routes\\.2\\.${key}: `))]);
  });
});

it('opens with its profile', () => {
  const { acquirer, policy } = open();
  expect(acquirer.rules).toMatchObject([{ scheme: 'UNIONPAY', deferrable: false }]);
  expect(policy.tombstones).toBe(false);
});

it('a key and a certificate that do not belong together are refused, by their place', () => {
  expect(() => open({ merchantCertificateFile: files.signerCertFile })).toThrow(
    'routes.2.merchantKeyFile: the merchant certificate belongs to another key',
  );
});

it('the ends of all its certificates are told to the doctor', () => {
  const end_ms = (file: string) => Date.parse(new X509Certificate(readFileSync(file, 'utf8')).validTo);
  expect(certificateEnds({ ...route, caFile: files.rootCertFile })).toEqual([
    { name: 'caFile', validTo_ms: end_ms(files.rootCertFile) },
    { name: 'merchantCertificateFile', validTo_ms: end_ms(files.merchantCertFile) },
    { name: 'rootCertificateFile', validTo_ms: end_ms(files.rootCertFile) },
    { name: 'intermediateCertificateFile', validTo_ms: end_ms(files.intermediateCertFile) },
  ]);
});
