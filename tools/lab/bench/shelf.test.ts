// What the bench offers exists: goods in the catalogue, phones whose codes the till's own rules know.
import { expect, test } from 'vitest';
import { gatewayCodeRules } from '../../../acquirers/gateway/profile.ts';
import { openScannerSide } from './scanner-side.ts';
import { benchFacts } from './shelf.ts';

test('twelve goods on the shelf, each priced and in the catalogue', () => {
  const { shelf, goods } = benchFacts();
  expect(shelf).toHaveLength(12);
  expect(goods.length).toBeGreaterThan(100);
  for (const good of [...shelf, ...goods]) {
    expect(good.barcode).toMatch(/^\d{8,14}$/);
    expect(good.price_fen).toBeGreaterThan(0);
    expect(good.name_zh).not.toBe('');
  }
});

test('each phone shows a fresh code of its wallet, and the same one again on request', async () => {
  const scans: string[] = [];
  const side = openScannerSide([
    {
      id: 'one',
      zh: '扫码枪',
      en: 'Scanner',
      isHeard: () => true,
      scan: async (text) => scans.push(text) > 0,
      unplug: async () => undefined,
      replug: async () => undefined,
    },
  ]);
  const schemeOf = (code: string) =>
    gatewayCodeRules.find((rule) => new RegExp(rule.pattern).test(code))?.scheme;
  const schemes: Record<string, string | undefined> = {};
  for (const { id } of benchFacts().phones) {
    await side.handlers['scan.phone']?.({ phone: id });
    schemes[id] = schemeOf(scans.at(-1) ?? '');
  }
  expect(schemes).toEqual({
    wechat: 'WECHAT',
    alipay: 'ALIPAY',
    unionpay: 'UNIONPAY',
    bank: 'UNIONPAY',
    ecny: 'ECNY',
    jd: 'JD',
    bestpay: 'BESTPAY',
    unknown: undefined,
    collect: undefined,
  });
  expect(new Set(scans).size).toBe(scans.length);
  await side.handlers['scan.phone']?.({ phone: 'wechat' });
  await side.handlers['scan.again']?.({});
  expect(scans.at(-1)).toBe(scans.at(-2));
  await side.handlers['scanner.unplug']?.({});
  await expect(side.handlers['scan.again']?.({})).rejects.toThrow('unplugged');
  expect(side.view()).toMatchObject([{ isPlugged: false }]);
});
