// Reading the configuration: paths against its own folder, every fault by field, secrets only from private files.
import { chmodSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { makeTestCertificates } from '../fixtures/acquirers/tls.ts';
import { ConfigurationRefused, loadConfiguration, readCertificates, readSecret } from './configuration.ts';
import { assert } from './domain/assert.ts';
import { hashPin } from './rpc/operators.ts';

let directory = '';
beforeEach(() => {
  directory = mkdtempSync(join(tmpdir(), 'yima-configuration-'));
});
afterEach(() => rmSync(directory, { recursive: true }));

const good = {
  store: { name_zh: '江岸路便利店', name_en: 'Riverside Road Store', address: '', phone: '' },
  terminal: { merchantCode: '898420157220001', terminalCode: '20260002', serial: 'YM-1', ip: '127.0.0.1' },
  catalogueFile: 'goods.csv',
  operators: [{ id: 'lin', name: '林晓', role: 'cashier', pin: hashPin('1357') }],
  scanners: [{ id: 'counter', transport: { kind: 'serial', path: '/dev/ttyACM0' } }],
  printer: { id: 'receipt', transport: { kind: 'tcp', host: '192.168.1.9', port: 9100 } },
  route: {
    id: 'gateway',
    adapter: 'gateway',
    baseUrl: 'https://pay.example/',
    appId: 'YIMA',
    appKeyFile: 'secrets/app.key',
    caFile: 'secrets/ca.pem',
  },
};

function load(change: object = {}) {
  const file = join(directory, 'config.json');
  writeFileSync(file, JSON.stringify({ ...good, ...change }));
  return loadConfiguration(file);
}

function refusal(change: object): string {
  try {
    load(change);
  } catch (error) {
    if (error instanceof ConfigurationRefused) return error.message;
    throw error;
  }
  throw new Error('it loaded');
}

describe('a good configuration', () => {
  it('has its paths made absolute against its own folder', () => {
    const { catalogueFile, routes, keysDirectory } = load();
    const [route] = routes;
    assert(route?.adapter === 'gateway', 'the short form is a gateway');
    expect(catalogueFile).toBe(join(directory, 'goods.csv'));
    expect(route.appKeyFile).toBe(join(directory, 'secrets/app.key'));
    expect(route.caFile).toBe(join(directory, 'secrets/ca.pem'));
    expect(keysDirectory).toBeUndefined();
    expect(load({ keysDirectory: '/etc/yima' }).keysDirectory).toBe('/etc/yima');
  });

  it('has its folders of keys, bills and backups made absolute too, wherever the till is started', () => {
    const { keysDirectory, billsDirectory, backup } = load({
      keysDirectory: 'keys',
      billsDirectory: '../bills',
      backup: { directory: 'backups' },
    });
    expect(keysDirectory).toBe(join(directory, 'keys'));
    expect(billsDirectory).toBe(join(directory, '../bills'));
    expect(backup.directory).toBe(join(directory, 'backups'));
    expect(load().billsDirectory).toBeUndefined();
  });

  it('gets safe defaults: offline payments refused, one forwarded at a time', () => {
    const { routes, printer } = load();
    const [route] = routes;
    assert(route, 'there is one');
    expect(route.offline.mode).toBe('refuse');
    expect(route.forward.concurrency).toBe(1);
    expect(printer.profile).toBe('generic80');
  });

  it('may speak plain HTTP with this machine only', () => {
    for (const baseUrl of ['http://127.0.0.1:8080', 'http://localhost/', 'http://[::1]:1/']) {
      expect(load({ route: { ...good.route, baseUrl } }).routes[0]?.baseUrl).toBe(baseUrl);
    }
    for (const baseUrl of [
      'http://127.0.0.1.evil.example/',
      'http://10.0.0.1/',
      'ftp://localhost/',
      'file:///etc',
    ]) {
      expect(refusal({ route: { ...good.route, baseUrl } })).toContain('route.baseUrl');
    }
  });
});

describe('a bad configuration', () => {
  it('has every fault on a line of its own', () => {
    const words = refusal({
      store: {},
      catalogueFile: '',
      printer: { ...good.printer, profile: 'x' },
      more: 1,
    });
    for (const field of ['store.name_zh', 'store.name_en', 'catalogueFile', 'printer.profile', 'more']) {
      expect(words).toContain(field);
    }
    expect(words.split('\n').length).toBeGreaterThanOrEqual(6);
  });

  it.each([
    [
      'a PIN hash without bytes',
      'scrypt$16384$8$1$aaaaaaaaaaaaaaaaaaaaaa$a',
      /hash must have 16 to 64 bytes/,
    ],
    ['a PIN hash without salt', `scrypt$16384$8$1$a$${'a'.repeat(43)}`, /salt is shorter/],
    [
      'a cost that is no power of two',
      `scrypt$16383$8$1$${'a'.repeat(22)}$${'a'.repeat(43)}`,
      /power of two/,
    ],
    [
      'a cost that would stop the till for a minute',
      `scrypt$1048576$8$1$${'a'.repeat(22)}$${'a'.repeat(43)}`,
      /power of two/,
    ],
    [
      'a block size that needs a gigabyte',
      `scrypt$16384$999$1$${'a'.repeat(22)}$${'a'.repeat(43)}`,
      /scrypt r must be/,
    ],
    [
      'a block size that scrypt does not take with its cost',
      `scrypt$65536$1$1$${'a'.repeat(22)}$${'a'.repeat(43)}`,
      /scrypt r must be at least 2/,
    ],
  ])('%s', (_what, pin, words) => {
    const message = refusal({ operators: [{ ...good.operators[0], pin }] });
    expect(message).toMatch(words);
    expect(message).toContain('operators.0.pin');
    expect(message).not.toContain('aaaaaaaaaaaa');
  });

  it('names a scanner that stands there twice', () => {
    expect(refusal({ scanners: [good.scanners[0], good.scanners[0]] })).toContain(
      'scanners: "counter" stands there twice',
    );
  });

  const hid = { kind: 'hid', vendorId: '0c2e', productId: '0b81' };
  const scannersOf = (...transports: object[]) => ({
    scanners: transports.map((transport, index) => ({ id: `scanner-${index}`, transport })),
  });

  it.each([
    ['one path', [{ kind: 'hid', path: '/dev/pos/hand' }, hid, { kind: 'hid', path: '/dev/pos//hand' }]],
    [
      'one serial line',
      [{ kind: 'serial', path: '/dev/ttyACM0' }, hid, { kind: 'serial', path: '/dev/ttyACM0' }],
    ],
    [
      'one serial number of one model',
      [{ ...hid, serial: 'S1' }, hid, { ...hid, vendorId: '0C2E', productId: '0B81', serial: 'S1' }],
    ],
  ])('names two scanners that can only be one device, by %s', (_what, transports) => {
    expect(
      refusal(scannersOf(...transports))
        .split('\n')
        .slice(1),
    ).toEqual(['  scanners.2.transport: means the same device as scanners.0 ("scanner-0")']);
  });

  it('is none where two scanners of one model can be two devices', () => {
    const { scanners } = load(
      scannersOf(
        hid,
        hid,
        { ...hid, serial: 'S1' },
        { ...hid, serial: 's1' },
        { ...hid, productId: '0b82', serial: 'S1' },
        { kind: 'hid', path: '/dev/pos/hand' },
        { kind: 'hid', path: '/dev/pos/stand' },
      ),
    );
    expect(scanners).toHaveLength(7);
  });

  it('names a pattern that is none', () => {
    const codeRules = [
      { scheme: 'OK', pattern: '^1$' },
      { scheme: 'BAD', pattern: '^(1$' },
    ];
    expect(refusal({ route: { ...good.route, codeRules } })).toMatch(
      /route\.codeRules\.1\.pattern: Invalid regular/,
    );
  });
});

const wechatpay = {
  id: 'wechat',
  adapter: 'wechatpay',
  appId: 'wx1',
  mchId: '1900000001',
  merchantSerial: 'AB',
  merchantKeyFile: 'm.key',
  platformKeys: [{ serial: 'AB', file: 'p.pem' }],
};

describe('a relay', () => {
  const wallet = {
    ...wechatpay,
    notifyUrl: 'https://pay.example.com/notify',
    apiV3KeyFile: 'v3.key',
    relay: { url: 'https://pay.example.com/relay', tokenFile: 'relay.token', caFile: 'relay-ca.pem' },
  };
  const unionpay = {
    id: 'unionpay',
    adapter: 'unionpay',
    merId: '777290058110048',
    merchantKeyFile: 'm.key',
    merchantCertificateFile: 'm.pem',
    rootCertificateFile: 'r.pem',
    intermediateCertificateFile: 'i.pem',
    relay: wallet.relay,
  };
  const withRoute = (route: object) => ({ route: undefined, routes: [route] });

  it('has its files beside the configuration', () => {
    const [route] = load(withRoute(wallet)).routes;
    assert(route?.adapter === 'wechatpay', 'it is a wallet');
    expect(route.apiV3KeyFile).toBe(join(directory, 'v3.key'));
    expect(route.relay).toEqual({
      ...wallet.relay,
      tokenFile: join(directory, 'relay.token'),
      caFile: join(directory, 'relay-ca.pem'),
    });
  });

  it.each([
    ['that no acquirer is told of', { ...wallet, notifyUrl: undefined }, /relay: .* no notifyUrl/],
    ['that opens nothing', { ...wallet, apiV3KeyFile: undefined }, /relay: needs apiV3KeyFile/],
    ['behind the address that is nobody’s', unionpay, /relay: .* no backUrl/],
  ])('%s is refused', (_, route, words) => {
    expect(refusal(withRoute(route))).toMatch(words);
  });
});

describe('the first reversal at WeChat Pay', () => {
  const wechat = (change: object) => ({
    route: undefined,
    routes: [{ ...wechatpay, ...change }],
  });
  const real = { baseUrl: 'https://api.mch.weixin.qq.com/' };

  it.each([
    ['WeChat Pay itself, by default', {}, 0],
    ['WeChat Pay itself', real, 14_999],
    ['a name that begins like loopback', { baseUrl: 'https://localhost.example.com/' }, 0],
  ])('is never before 15 s at %s', (_, change, reverseFrom_ms) => {
    const route = wechat({ ...change, timings: { reverseFrom_ms } });
    expect(refusal(route)).toMatch(/timings\.reverseFrom_ms: must be at least 15000/);
  });

  it('may be later there, and at once at a simulator', () => {
    expect(load(wechat({ ...real, timings: { reverseFrom_ms: 15_000 } })).routes).toHaveLength(1);
    for (const baseUrl of ['https://127.0.0.1:8443/', 'https://[::1]:8443/', 'http://localhost:8080/'])
      expect(load(wechat({ baseUrl, timings: { reverseFrom_ms: 0 } })).routes).toHaveLength(1);
  });
});

describe('a secret', () => {
  const key = () => join(directory, 'app.key');

  it('is read from a file of its owner, white space trimmed', () => {
    writeFileSync(key(), '0123456789abcdef\n', { mode: 0o600 });
    expect(readSecret('route.appKeyFile', key()).toString()).toBe('0123456789abcdef');
  });

  it.each([
    [
      'readable by the group',
      0o640,
      '0123456789abcdef',
      /route\.appKeyFile: .*app\.key must be readable by its owner only/,
    ],
    ['readable by all', 0o604, '0123456789abcdef', /chmod 600/],
    ['nearly empty', 0o600, '0123456789abcde', /shorter than 16/],
  ])('%s is refused, its content unsaid', (_how, mode, content, words) => {
    writeFileSync(key(), content);
    chmodSync(key(), mode);
    expect(() => readSecret('route.appKeyFile', key())).toThrow(words);
    expect(() => readSecret('route.appKeyFile', key())).not.toThrow(/0123456789/);
  });

  it('that is not there, or a folder, is refused by field and file', () => {
    expect(() => readSecret('route.appKeyFile', key())).toThrow(/route\.appKeyFile: .*app\.key/);
    chmodSync(directory, 0o700);
    expect(() => readSecret('route.appKeyFile', directory)).toThrow(/route\.appKeyFile: /);
  });
});

describe('certificates', () => {
  it('are read when they are some', () => {
    const { caFile } = makeTestCertificates(join(directory, 'tls'));
    expect(readCertificates('route.caFile', caFile)).toContain('BEGIN CERTIFICATE');
  });

  it.each([
    ['', 'empty'],
    ['-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n', 'broken'],
    ['{}', 'JSON'],
  ])('are refused when %j (%s)', (content) => {
    writeFileSync(join(directory, 'ca.pem'), content);
    expect(() => readCertificates('route.caFile', join(directory, 'ca.pem'))).toThrow(
      /route\.caFile: .*ca\.pem/,
    );
  });
});
