// Hostile barcodes over the real pty: each is answered in words, none reaches the money, none stops the till, none is lost.
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Snapshot } from '../../contract/snapshot.ts';
import { openTill, type Till } from './till.ts';

let till: Till;
beforeAll(async () => {
  till = await openTill();
});
afterAll(() => till.stop());

/** A good scan after it proves that the till lives and that the one before was dealt with. */
async function notice(what: string, code: string): Promise<Snapshot> {
  return till.rpc.until(what, (snapshot) => snapshot.notice?.code === code);
}

async function dismiss(): Promise<void> {
  await till.rpc.call('notice.dismiss');
  await till.rpc.until('dismissed', (snapshot) => snapshot.notice === null);
}

const linesOf = (snapshot: Snapshot): number => snapshot.sale?.lines.length ?? 0;

describe.each([
  ['before any sale', async () => undefined],
  ['in the tender step', () => till.tender()],
])('%s', (_where, arrange) => {
  beforeAll(arrange);

  it.each<[string, string | Uint8Array, string]>([
    ['control characters', '\u0001\u0002\u0003', 'E-SCAN-01'],
    ['a payment code with a control character in it', '13012345\u0007 6789012345', 'E-SCAN-01'],
    ['NUL', Buffer.from([0x36, 0x39, 0x00, 0x31]), 'E-SCAN-01'],
    ['invalid UTF-8', Buffer.from([0xc3, 0x28, 0xff, 0xfe, 0x80]), 'E-SCAN-01'],
    ['hanzi', '一码一码', 'E-SCAN-01'],
    ['an escape sequence that would clear a terminal', '\u001b[2J\u001b]0;owned\u0007', 'E-SCAN-01'],
    ['an escape sequence of a printer', Buffer.from([0x1b, 0x70, 0x00, 0x19, 0xfa]), 'E-SCAN-01'],
    ['SQL', "6901'; DROP TABLE journal; --", 'E-SCAN-01'],
    ['a path', '../../../../etc/passwd', 'E-SCAN-01'],
    ['a link', 'https://evil.example/pay?to=me', 'E-SCAN-04'],
    ["a merchant's own collection code", '00020101021226330010A000000677', 'E-SCAN-04'],
    ['4 KB of digits', '9'.repeat(4097), 'E-SCAN-07'],
    ['64 KB of noise', Buffer.alloc(65_536, 0x41), 'E-SCAN-07'],
    ['a prototype name', '__proto__', 'E-SCAN-01'],
    ['another prototype name', 'constructor', 'E-SCAN-02'],
  ])('%s', async (_what, bytes, code) => {
    const before = till.rpc.snapshot();
    await till.shop.scanner.scan(bytes);
    const { notice: shown, sale } = await notice('the complaint', code);
    expect(shown?.detail.length).toBeLessThanOrEqual(300);
    expect(shown?.detail).toMatch(/^[\u0020-\u007e…]*$/);
    expect(sale?.payments ?? []).toEqual(before.sale?.payments ?? []);
    expect(sale?.lines ?? []).toEqual(before.sale?.lines ?? []);
    await dismiss();
  });
});

it('long digits that no rule knows are an unknown code in the tender step, masked', async () => {
  await till.shop.scanner.scan('9912345678901234');
  const { notice: shown } = await notice('unknown code', 'E-SCAN-05');
  expect(shown?.detail).toBe('991234******1234');
  await till.rpc.call('sale.backToGoods');
  await dismiss();
});

it('a payment code outside the tender step charges nothing', async () => {
  const code = till.codes.wechat();
  await till.shop.scanner.scan(code);
  const { notice: shown, sale } = await notice('first press 收款', 'E-SCAN-03');
  expect(shown?.detail).not.toContain(code);
  expect(sale?.payments).toEqual([]);
  expect(await till.shop.acquirer.ledger()).toEqual([]);
  await dismiss();
});

it('half a frame, and the other half after a while, is one scan', async () => {
  await till.rpc.call('sale.cancel');
  await till.shop.scanner.scan(till.barcodes[1] ?? '', { pauseAfter_bytes: 6, pause_ms: 300 });
  const { sale } = await till.rpc.until(
    'the line',
    (snapshot) => snapshot.sale?.state === 'open' && linesOf(snapshot) === 1,
  );
  expect(sale?.lines[0]?.barcode).toBe(till.barcodes[1]);
});

it('half a frame and then the plug: the rest is not made up, and the scanner comes back', async () => {
  await till.shop.scanner.send((till.barcodes[2] ?? '').slice(0, 7));
  await till.shop.scanner.unplug();
  await till.rpc.until('scanner down', (snapshot) => snapshot.scanners[0]?.reason === 'E-SCAN-09');
  await till.shop.scanner.replug();
  await till.rpc.until('scanner ready', (snapshot) => snapshot.scanners[0]?.state === 'ready');
  await till.shop.scanner.scan(till.barcodes[3] ?? '');
  const { sale } = await till.rpc.until('next line', (snapshot) => linesOf(snapshot) === 2);
  expect(sale?.lines[1]?.barcode).toBe(till.barcodes[3]);
});

it('a hundred scans without a pause arrive, all and in order', async () => {
  await till.rpc.call('sale.cancel');
  const burst = till.barcodes.slice(10, 110);
  expect(new Set(burst).size).toBe(100);
  await Promise.all(burst.map((barcode) => till.shop.scanner.scan(barcode)));
  const { sale } = await till.rpc.until('all lines', (snapshot) => linesOf(snapshot) === 100);
  expect(sale?.lines.map((line) => line.barcode)).toEqual(burst);
  await till.rpc.call('sale.cancel');
});

it('goods and payment codes in one burst: the code charges nothing before the tender step', async () => {
  const [first = '', second = ''] = till.barcodes;
  await Promise.all([first, till.codes.alipay(), second].map((code) => till.shop.scanner.scan(code)));
  const { sale } = await till.rpc.until('both lines', (snapshot) => linesOf(snapshot) === 2);
  expect(sale?.payments).toEqual([]);
  expect(await till.shop.acquirer.ledger()).toEqual([]);
});

it('after all this the journal verifies, the core never restarted and nothing of the scans is in its log', async () => {
  const manager = await till.rpc.call('queue.list');
  expect(manager).toEqual([]);
  expect(till.core.child.exitCode).toBeNull();
  expect(till.core.log()).not.toMatch(/owned|DROP TABLE/);
  const state = till.shop.stateDirectory;
  for (const entry of readdirSync(state, { recursive: true, withFileTypes: true })) {
    if (!entry.isFile()) continue;
    const bytes = readFileSync(join(entry.parentPath, entry.name));
    expect(bytes.includes('DROP TABLE')).toBe(false);
    expect(bytes.includes('\u001b[2J')).toBe(false);
  }
});
