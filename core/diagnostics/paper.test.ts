// What leaves the shop: the compact report in the QR code, and the configuration without its secrets.
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { type CheckLine, checkNames, findings } from '../../contract/diagnostics.ts';
import { redacted } from './redact.ts';
import { buildTestPage, compactReport } from './test-page.ts';

const line = fc.record<CheckLine>({
  check: fc.constantFrom(...checkNames),
  subject: fc.constantFrom('', 'counter', 'receipt', 'gateway'),
  verdict: fc.constantFrom('pass', 'fail', 'skipped'),
  finding: fc.constantFrom(...findings),
  detail: fc.string(),
  took_ms: fc.nat(),
});
const facts = {
  storeName: '江岸路便利店',
  terminalCode: '20260002',
  version: '0.1.0',
  at: '2026-11-28T04:10:00.000Z',
  journal: { sequence: 1_234_567, shortHash: 'ab12cd34' },
};

it('the compact report fits a small QR code, tells passing from failing, and says how many it left out', () => {
  fc.assert(
    fc.property(fc.array(line, { maxLength: 30 }), (lines) => {
      const text = compactReport({ ...facts, lines });
      expect(Buffer.byteLength(text)).toBeLessThanOrEqual(200);
      const [, , , , , ...failures] = text.split('|');
      const failed = lines.filter(({ verdict }) => verdict === 'fail').length;
      const left = failures.at(-1)?.startsWith('+') === true ? Number(failures.at(-1)?.slice(1)) : 0;
      expect(failures.filter((one) => !one.startsWith('+')).length + left).toBe(failed);
    }),
  );
});

it('the test page shows what failed, and nothing of an examination that never was', () => {
  const text = (lines: CheckLine[]) => JSON.stringify(buildTestPage({ ...facts, lines }).blocks);
  const failing: CheckLine = {
    check: 'scanner',
    subject: 'counter',
    verdict: 'fail',
    finding: 'scannerMissing',
    detail: '',
    took_ms: 1,
  };
  expect(text([failing])).toContain('设备不存在');
  expect(text([{ ...failing, verdict: 'pass', finding: 'scannerReady' }])).toContain('all checks passed');
  expect(text([])).not.toMatch(/all checks|found wrong/);
});

it('blanks secrets however deep they stand, and leaves paths and addresses', () => {
  const configuration = {
    operators: [{ id: 'lin', pin: 'scrypt$1$2' }],
    route: {
      appId: 'app-1',
      appKeyFile: '/keys/a',
      baseUrl: 'https://a',
      inner: [{ signingKey: 'k', apiToken: 't' }],
    },
    keysDirectory: '/keys',
    shop: { printer: 'x' },
  };
  expect(redacted(configuration)).toEqual({
    operators: [{ id: 'lin', pin: '***' }],
    route: {
      appId: '***',
      appKeyFile: '/keys/a',
      baseUrl: 'https://a',
      inner: [{ signingKey: '***', apiToken: '***' }],
    },
    keysDirectory: '/keys',
    shop: { printer: 'x' },
  });
});
