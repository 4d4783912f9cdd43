import { beforeAll, describe, expect, it } from 'vitest';
import i18next from 'i18next';
import { translate } from '../../i18n/index.ts';
import { zh } from '../../i18n/zh.ts';
import { sampleReport } from '../../preview/day.ts';
import { blocksOf } from './blocks.ts';

const names = { scheme: (scheme: string) => scheme, operator: (operatorId: string) => operatorId };

beforeAll(() =>
  i18next.init({ lng: 'zh', defaultNS: 'words', ns: ['words'], resources: { zh: { words: zh } } }),
);

const blocks = () => blocksOf(sampleReport, translate, names);
const textsOf = () => blocks().flatMap(({ rows }) => rows.flatMap(({ label, values }) => [label, ...values]));

/** Every amount of a report, wherever it stands. */
function amountsIn(part: unknown, name = ''): number[] {
  if (typeof part === 'number') return name.endsWith('_fen') ? [part] : [];
  if (typeof part !== 'object' || part === null) return [];
  return Object.entries(part).flatMap(([key, value]) => amountsIn(value, Array.isArray(part) ? name : key));
}

describe('the blocks of a report', () => {
  it('show every amount that the report holds', () => {
    // Nothing but the sum of returns less their rounding is left out: the block shows both of its parts.
    const shown = new Set(textsOf().map((text) => text.replace(/[^\d.·]/g, '')));
    const text = [...shown].join(' ');
    const missing = amountsIn(sampleReport)
      .filter((amount_fen) => amount_fen !== sampleReport.returns.net_fen)
      .filter((amount_fen) => !text.includes((Math.abs(amount_fen) / 100).toFixed(2)));
    expect(missing).toEqual([]);
  });

  it('list each obligation that is carried on, with the Z it comes from', () => {
    const carried = blocks().find(({ title }) => title === '未了结，转下期');
    expect(carried?.rows.map(({ label, values }) => [label, values[1]])).toEqual([
      ['离线待确认 · 02001K0000427F3Q', 'Z 127'],
      ['退款处理中 · 02001R000007A1C2', 'Z 126'],
      ['退款失败或待核对 · 02001R000006B7D4', 'Z 126'],
      ['有争议 · 02001K0000117F9A', 'Z 125'],
    ]);
  });

  it('draw the eye to what is open and to a drawer that is not even, and to nothing else', () => {
    expect(blocks().flatMap(({ title, isAlarming }) => (isAlarming ? [title] : []))).toEqual([
      '班次',
      '未了结，转下期',
      '离线收款',
    ]);
  });

  it('say so when nothing is carried, and leave out what is empty', () => {
    const quiet = blocksOf({ ...sampleReport, carried: [], late: [], wallets: [] }, translate, names);
    const titles = quiet.map(({ title }) => title);
    expect(quiet.find(({ title }) => title === '未了结，转下期')?.rows).toEqual([
      { label: '没有', values: [] },
    ]);
    expect(titles).not.toContain('电子支付');
  });

  it('has words for every row', () => {
    expect(textsOf().filter((text) => /^report\.|_/.test(text))).toEqual([]);
  });

  it('tell money that went back twice: carried until it was looked into, and then as an outcome of its own period', () => {
    const row = { id: 'G1', number: 'R7', amount_fen: 500, originalZ: sampleReport.zNumber };
    const carried = [{ ...row, kind: 'twiceBack', since_ms: sampleReport.takenAt_ms } as const];
    const late = [
      { ...row, what: 'lossSeen' },
      { ...row, what: 'returned', number: 'N1', originalZ: sampleReport.zNumber - 1 },
      { ...row, what: 'voidRefused', number: 'R2', originalZ: sampleReport.zNumber - 1 },
      { ...row, what: 'replaced', number: 'R3', originalZ: sampleReport.zNumber - 1 },
    ] as const;
    const told = blocksOf({ ...sampleReport, carried, late: [...late] }, translate, names);
    const rowsOf = (of: string) => told.find(({ title }) => title === of)?.rows.map(({ label }) => label);
    expect(rowsOf('未了结，转下期')).toEqual(['重复退款，等店长查明 · R7']);
    expect(rowsOf('本期重复退款')).toEqual(['重复退款，店长已查 · R7']);
    expect(rowsOf('以前各期的后来结果')).toEqual([
      '货已退回 · N1',
      '撤回被拒，改为退款 · R2',
      '已另发一笔退款 · R3',
    ]);
  });
});
