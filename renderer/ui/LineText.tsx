// How a sold line reads, shared by the list that can be changed and the one that can't.
import { useTranslation } from 'react-i18next';
import type { LineView } from '../../contract/snapshot.ts';
import { useLanguage } from '../i18n/index.ts';
import { formatFen } from '../lib/format.ts';

export function useLineName(): (line: { name_zh: string; name_en: string }) => string {
  const { i18n } = useTranslation();
  return (line) => (i18n.language === 'en' ? line.name_en || line.name_zh : line.name_zh);
}

export function LineName({ line, note }: { line: LineView; note?: string | undefined }) {
  const nameOf = useLineName();
  return (
    <div className="min-w-0">
      <div className="text-[1.375rem] leading-tight [overflow-wrap:anywhere]">{nameOf(line)}</div>
      <div className="digits text-[1rem] leading-tight text-ink-2">
        {line.barcode}
        {note === undefined ? null : ` · ${note}`}
      </div>
    </div>
  );
}

export function UnitPrice({ line }: { line: LineView }) {
  // Units have no English name in the catalogue.
  const hasUnit = useLanguage() === 'zh' && line.unit !== '';
  return (
    <span className="digits text-[1.25rem]">
      {formatFen(line.unitPrice_fen)}
      {hasUnit ? <span className="text-[1rem] text-ink-2">/{line.unit}</span> : null}
    </span>
  );
}
