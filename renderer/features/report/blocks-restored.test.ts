// A restored till's reports say so before any figure: alarming until confirmed, then with name and reason; else not a word.
import { beforeAll, expect, it } from 'vitest';
import i18next from 'i18next';
import { translate } from '../../i18n/index.ts';
import { zh } from '../../i18n/zh.ts';
import { sampleReport } from '../../preview/day.ts';
import { blocksOf } from './blocks.ts';

const names = { scheme: (scheme: string) => scheme, operator: () => '陈岚' };
const gap = { epoch: 2, sequence: 123, at_ms: sampleReport.takenAt_ms };
const reason = '与账单和小票核对，相符';
const confirmed = { operatorId: 'chen', reason, at_ms: sampleReport.takenAt_ms };

beforeAll(() =>
  i18next.init({ lng: 'zh', defaultNS: 'words', ns: ['words'], resources: { zh: { words: zh } } }),
);

const first = (restored: NonNullable<typeof sampleReport.restored>) =>
  blocksOf({ ...sampleReport, restored }, translate, names)[0];
const rowsOf = (block: ReturnType<typeof first>) =>
  block?.rows.map(({ label, values }) => [label, ...values].join('|'));

it('in quarantine: what was lost, and that nobody has compared it', () => {
  const block = first({ ...gap, lostSequence: 150, confirmed: null });
  expect(block).toMatchObject({ title: '由备份恢复', isAlarming: true });
  expect(rowsOf(block)?.slice(1)).toEqual([
    '备份止于记录|123',
    '曾写到记录（至少）|150',
    '丢失的记录|124 – 150',
    '隔离中：请店长与收单方账单核对后确认',
  ]);
});

it('confirmed: by whom and why, no alarm; what nobody knows is not made up', () => {
  const block = first({ ...gap, lostSequence: null, confirmed });
  expect(block?.isAlarming).toBe(false);
  const rows = rowsOf(block) ?? [];
  expect(rows).toContain('丢失的记录|不详');
  expect(rows.some((row) => row.startsWith('确认人|陈岚 · '))).toBe(true);
  expect(rows.at(-1)).toBe(`理由：${reason}`);
});

it('what was sold in this period before the restore is not called an earlier period’s', () => {
  const row = { what: 'approved', id: 'A1', amount_fen: 100 } as const;
  const late = [
    { ...row, number: 'own', originalZ: sampleReport.zNumber },
    { ...row, number: 'earlier', originalZ: sampleReport.zNumber - 1 },
  ];
  const zNumber = 100_000 + sampleReport.zNumber;
  const shown = blocksOf({ ...sampleReport, zNumber, late }, translate, names).flatMap(({ title, rows }) =>
    rows.flatMap(({ label }) => (label.startsWith('后来成功') ? [`${title}: ${label}`] : [])),
  );
  expect(shown).toEqual([
    '本期恢复前款项的后来结果: 后来成功 · own',
    '以前各期的后来结果: 后来成功 · earlier',
  ]);
});

it('a till that was not restored says nothing', () => {
  const titles = blocksOf(sampleReport, translate, names).map(({ title }) => title);
  expect(titles).not.toContain('由备份恢复');
});
