// A whole report on the screen, in blocks; the keys scroll it, so that it can be read without a touch.
import { useWords } from '../../i18n/index.ts';
import { useRef } from 'react';
import type { ReportFound } from '../../../contract/snapshot.ts';
import { useScreenState } from '../../lib/till.tsx';
import { useSchemeName } from '../../ui/useSchemeName.ts';
import type { Block } from './block.ts';
import { blocksOf } from './blocks.ts';
import { useScrollKeys } from '../../ui/useScrollKeys.ts';

function Rows({ block }: { block: Block }) {
  const width = Math.max(1, ...block.rows.map(({ values }) => values.length));
  const heads = block.heads ?? [];
  return (
    <table className="w-full">
      {heads.length === 0 ? null : (
        <thead>
          <tr className="text-[0.9375rem] text-ink-2">
            <th />
            {heads.map((head) => (
              <th key={head} className="pl-4 text-right font-normal whitespace-nowrap">
                {head}
              </th>
            ))}
          </tr>
        </thead>
      )}
      <tbody>
        {block.rows.map((row, index) => (
          <tr key={index} className={row.isStrong ? 'border-t-2 border-line font-bold' : ''}>
            <td
              className="py-0.5 align-baseline [overflow-wrap:anywhere]"
              colSpan={1 + width - row.values.length}
            >
              {row.label}
            </td>
            {row.values.map((value, at) => (
              <td key={at} className="digits py-0.5 pl-4 text-right align-baseline whitespace-nowrap">
                {value}
              </td>
            ))}
          </tr>
        ))}
      </tbody>
    </table>
  );
}

function BlockCard({ block }: { block: Block }) {
  return (
    <section
      className={`mb-4 break-inside-avoid rounded-xl border bg-white px-4 py-3 ${
        block.isAlarming ? 'border-2 border-wait' : 'border-line'
      }`}
    >
      <h2 className="mb-1 text-[1.25rem] font-bold">
        {block.isAlarming ? <span className="text-wait">▲ </span> : null}
        {block.title}
      </h2>
      <Rows block={block} />
    </section>
  );
}

export function ReportView({ found }: { found: ReportFound }) {
  const t = useWords();
  const schemeName = useSchemeName();
  const operators = useScreenState().snapshot?.operators ?? [];
  const box = useRef<HTMLDivElement>(null);
  const nameOf = (operatorId: string) => operators.find(({ id }) => id === operatorId)?.name ?? operatorId;
  const blocks = blocksOf(found.report, t, { scheme: schemeName, operator: nameOf });
  useScrollKeys(box);
  return (
    <>
      <div ref={box} className="min-h-0 flex-1 overflow-y-auto p-4 text-[1.0625rem] leading-snug">
        {blocks.map((block, index) => (
          <BlockCard key={index} block={block} />
        ))}
      </div>
      <p className="shrink-0 border-t border-line px-4 py-2 text-[1rem] text-ink-2">
        {t('report.scrollKeys')}
      </p>
    </>
  );
}
