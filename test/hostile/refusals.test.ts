// What the core can't work with: it refuses to sell, serves a snapshot that says why and what to do, and prints no secret.
import { chmodSync, existsSync, mkdirSync, readFileSync, rmSync, truncateSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { errorTexts } from '../../contract/error-texts.ts';
import type { ErrorCode } from '../../contract/errors.ts';
import { contents, copyState, restoreJournal, tamper } from '../../fixtures/databases/tamper.ts';
import { type CoreProcess, startCoreProcess } from '../../tools/lab/core-process.ts';
import type { ConfigurationInput, Shop } from '../../tools/lab/shop.ts';
import { RpcRefused } from '../../tools/rpc/client.ts';
import { connectTo, openHostileShop, rewriteConfiguration } from './till.ts';

let shop: Shop;
let core: CoreProcess | null = null;
let original = '';
beforeAll(async () => {
  shop = await openHostileShop();
  original = readFileSync(shop.configFile, 'utf8');
});
afterAll(() => shop.stop());
beforeEach(() => writeFileSync(shop.configFile, original));
afterEach(async () => {
  await core?.stop();
  core = null;
});

type Refusal = { code: string; detail: string; log: string };

/** Starts the core, which must refuse; everything it says, over the socket and in its log. */
async function refusal(): Promise<Refusal> {
  core = await startCoreProcess(shop);
  const rpc = await connectTo(shop);
  const shown = rpc.snapshot().refusal;
  expect(shown).not.toBeNull();
  const [code, detail] = [shown?.code ?? '', shown?.detail ?? ''];
  for (const language of ['zh', 'en'] as const) {
    expect(errorTexts[language][code as ErrorCode].todo.length).toBeGreaterThan(0);
  }
  await expect(rpc.call('operator.signIn', { operatorId: 'lin', pin: '1357' })).rejects.toThrow(code);
  await expect(rpc.call('goods.enter', { barcode: '6901821000474' })).rejects.toBeInstanceOf(RpcRefused);
  await expect(rpc.call('sale.tender')).rejects.toThrow(code);
  rpc.close();
  return { code, detail, log: core.log() };
}

type Change = (configuration: ConfigurationInput) => unknown;
const route =
  (change: object): Change =>
  (configuration) => ({ ...configuration, route: { ...configuration.route, ...change } });

describe('a configuration', () => {
  it.each<[string, Change, RegExp]>([
    [
      'an http URL that is not loopback',
      route({ baseUrl: 'http://pay.example/' }),
      /route\.baseUrl: must be an https URL/,
    ],
    ['a URL with a password', route({ baseUrl: 'no url' }), /route\.baseUrl/],
    ['a secret inline', route({ appKey: 'SECRET-OF-THE-SHOP' }), /route: Unrecognized key: "appKey"/],
    [
      'a missing key file',
      route({ appKeyFile: '/nowhere/app.key' }),
      /route\.appKeyFile: .*\/nowhere\/app\.key/,
    ],
    ['a missing CA', route({ caFile: '/nowhere/ca.pem' }), /route\.caFile: .*\/nowhere\/ca\.pem/],
    ['a CA that is none', (all) => route({ caFile: all.catalogueFile })(all), /route\.caFile: .*goods\.csv/],
    [
      'a pattern that is none',
      route({ codeRules: [{ scheme: 'X1', pattern: '^(1[0-9$' }] }),
      /route\.codeRules\.0\.pattern/,
    ],
    [
      'a wrong merchant',
      (all) => ({ ...all, terminal: { ...all.terminal, merchantCode: '1' } }),
      /terminal\.merchantCode: must be 15/,
    ],
    ['no operators', (all) => ({ ...all, operators: [] }), /operators/],
    [
      'the same operator twice',
      (all) => ({ ...all, operators: [...all.operators, all.operators[0]] }),
      /operators: "lin" stands there twice/,
    ],
    [
      'a role that is none',
      (all) => ({ ...all, operators: [{ ...all.operators[0], role: 'king' }] }),
      /operators\.0\.role/,
    ],
    [
      'a PIN in the clear',
      (all) => ({ ...all, operators: [{ ...all.operators[0], pin: '1357' }] }),
      /operators\.0\.pin/,
    ],
    [
      'a hash that any PIN would match',
      (all) => ({ ...all, operators: [{ ...all.operators[0], pin: 'scrypt$16384$8$1$aaaaaaaaaaaaaaaa$a' }] }),
      /operators\.0\.pin: hash must have/,
    ],
    [
      'a hash whose cost would end the core',
      (all) => ({
        ...all,
        operators: [{ ...all.operators[0], pin: `scrypt$3$8$1$${'a'.repeat(22)}$${'a'.repeat(43)}` }],
      }),
      /operators\.0\.pin: scrypt cost/,
    ],
    [
      'several at once',
      (all) => ({ ...all, store: {}, scanners: 7 }),
      /store\.name_zh[^]*store\.phone[^]*scanners/,
    ],
    ['nothing at all', () => ({}), /store[^]*terminal[^]*route/],
    ['a list instead of an object', () => [], /expected object/],
  ])('with %s is refused by field', async (_what, change, words) => {
    rewriteConfiguration(shop, change);
    const { code, detail, log } = await refusal();
    expect(code).toBe('E-CFG-01');
    expect(detail).toMatch(words);
    expect(log).toContain('E-CFG-01');
    expect(log).not.toMatch(/SECRET-OF-THE-SHOP|scrypt\$/);
    expect(detail).not.toMatch(/SECRET-OF-THE-SHOP|scrypt\$|"1357"/);
  });

  it.each([
    ['broken JSON around a secret', '{"route": {"appKey": SECRET-OF-THE-SHOP}}'],
    ['cut in the middle', '{"route": {"appKey": "SECRET-OF-THE-SHOP'],
    ['empty', ''],
    ['binary', '\u0000\u0001\u0002'],
  ])('that is %s is refused without quoting it', async (_what, text) => {
    writeFileSync(shop.configFile, text);
    const { code, detail, log } = await refusal();
    expect(code).toBe('E-CFG-01');
    expect(detail).toContain(`${shop.configFile}: is not valid JSON`);
    expect(log + detail).not.toContain('SECRET');
  });

  it('that is not there is named', async () => {
    rmSync(shop.configFile);
    expect(await refusal()).toMatchObject({
      code: 'E-CFG-01',
      detail: expect.stringContaining(shop.configFile),
    });
  });

  it('whose key file others can read, or holds next to nothing, is refused without its content', async () => {
    const appKeyFile = join(shop.directory, 'loose.key');
    writeFileSync(appKeyFile, 'SECRET-OF-THE-SHOP');
    chmodSync(appKeyFile, 0o644);
    rewriteConfiguration(shop, route({ appKeyFile }));
    const loose = await refusal();
    expect(loose.detail).toMatch(/route\.appKeyFile: .*loose\.key must be readable by its owner only/);
    await core?.stop();
    writeFileSync(appKeyFile, 'short');
    chmodSync(appKeyFile, 0o600);
    const short = await refusal();
    expect(short.detail).toMatch(/route\.appKeyFile: .*shorter than 16/);
    expect(loose.detail + loose.log + short.detail + short.log).not.toMatch(/SECRET|short$/);
  });

  it('whose queue key others can read is refused', async () => {
    const keysDirectory = join(shop.directory, 'loose-keys');
    mkdirSync(keysDirectory, { recursive: true });
    writeFileSync(join(keysDirectory, 'queue.key'), Buffer.alloc(32, 7));
    chmodSync(join(keysDirectory, 'queue.key'), 0o644);
    rewriteConfiguration(shop, (all) => ({ ...all, keysDirectory }));
    expect(await refusal()).toMatchObject({
      code: 'E-CFG-01',
      detail: expect.stringMatching(/keysDirectory: .*queue\.key must be readable by its owner only/),
    });
  });

  it('whose catalogue is bad is refused with every bad row', async () => {
    const catalogueFile = join(shop.directory, 'bad.csv');
    const header = 'barcode,name_zh,name_en,unit,price_fen,tax_bp,category';
    writeFileSync(
      catalogueFile,
      `${header}\n6901234567893,茶,Tea,瓶,450,1300,\nSKU-1,茶,Tea,瓶,4.50,1300,\n`,
    );
    rewriteConfiguration(shop, (all) => ({ ...all, catalogueFile }));
    expect(await refusal()).toMatchObject({
      code: 'E-CFG-02',
      detail: expect.stringMatching(/row 2: .*check digit[^]*row 3: price_fen "4\.50"/),
    });
  });
});

describe('a second core on the same state directory', () => {
  it('with a good or a bad configuration leaves the running one its lock and its socket', async () => {
    const first = await startCoreProcess(shop);
    const rpc = await connectTo(shop, 'lin');
    const again = startCoreProcess(shop);
    await expect(again).rejects.toThrow(`held by process ${first.pid}`);
    rewriteConfiguration(shop, () => ({}));
    await expect(startCoreProcess(shop)).rejects.toThrow('E-DB-05');
    const other = await connectTo(shop, 'wu');
    expect(other.snapshot().refusal).toBeNull();
    other.close();
    rpc.close();
    await first.stop();
  });

  it('is refused beside a core that itself refuses', async () => {
    rewriteConfiguration(shop, () => ({}));
    await refusal();
    await expect(startCoreProcess(shop)).rejects.toThrow(`held by process ${core?.pid}`);
  });
});

describe('a journal', () => {
  const file = () => join(shop.stateDirectory, 'journal.db');
  const saved = () => join(shop.directory, 'saved');

  beforeAll(async () => {
    writeFileSync(shop.configFile, original);
    rmSync(shop.stateDirectory, { recursive: true, force: true });
    const running = await startCoreProcess(shop);
    const rpc = await connectTo(shop, 'lin');
    await rpc.call('till.setLanguage', { language: 'en' });
    rpc.close();
    await running.stop();
    copyState(shop.stateDirectory, saved());
  });
  beforeEach(() => {
    rmSync(shop.stateDirectory, { recursive: true });
    copyState(saved(), shop.stateDirectory);
  });

  /** Refused with this code, and nothing in the state directory was touched. */
  async function refusedUntouched(code: string): Promise<Refusal> {
    const before = contents(shop.stateDirectory);
    const found = await refusal();
    await core?.stop();
    core = null;
    const after = contents(shop.stateDirectory);
    expect(found.code).toBe(code);
    expect(after).toEqual(before);
    return found;
  }

  it('with a corrupt page', async () => {
    const whole = readFileSync(file());
    whole.fill(0x5a, 4096, 12_288);
    writeFileSync(file(), whole);
    await refusedUntouched('E-DB-01');
  });

  it('that is a text file', async () => {
    writeFileSync(file(), 'no journal\n'.repeat(1000));
    await refusedUntouched('E-DB-01');
  });

  it('from a newer program', async () => {
    tamper(shop.stateDirectory, 'PRAGMA user_version = 999');
    expect((await refusedUntouched('E-DB-02')).detail).toMatch(/schema 999/);
  });

  it('whose tail was cut', async () => {
    tamper(shop.stateDirectory, 'DELETE FROM journal WHERE sequence = (SELECT max(sequence) FROM journal)');
    expect((await refusedUntouched('E-DB-03')).detail).toMatch(
      /ends at record \d+, but record \d+ was written/,
    );
  });

  it('that was emptied', async () => {
    truncateSync(file(), 0);
    await refusedUntouched('E-DB-03');
  });

  it('of another till', async () => {
    const other = join(shop.directory, 'other');
    copyState(saved(), other);
    // Turned by one digit: a digit that is exchanged for another may not be there.
    tamper(other, 'UPDATE journal SET hash = substr(hash, 2) || substr(hash, 1, 1)');
    restoreJournal(other, shop.stateDirectory);
    await refusedUntouched('E-DB-04');
  });

  it('that is sound opens again after all that', async () => {
    core = await startCoreProcess(shop);
    const rpc = await connectTo(shop, 'lin');
    expect(rpc.snapshot()).toMatchObject({ refusal: null, language: 'en' });
    rpc.close();
    expect(existsSync(file())).toBe(true);
  });
});
