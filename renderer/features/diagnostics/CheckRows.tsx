// All checks in their groups, two columns: verdict as mark, colour and word, what was found, and its figures.
import { checkTitles, findingTexts } from '../../../contract/diagnosis-texts.ts';
import type { DiagnosisView } from '../../../contract/diagnostics.ts';
import { useLanguage, useWords } from '../../i18n/index.ts';
import { Glyph } from '../../ui/Glyph.tsx';
import { looks } from './looks.ts';
import { columns, type GroupName, type Row, rowsOf } from './rows.ts';

/** Shorter than this a duration says nothing. */
const TOLD_ms = 1_000;

function Found({ row }: { row: Row }) {
  const language = useLanguage();
  if (row.line === null) return null;
  const { finding, detail } = row.line;
  return (
    <div className="text-[1rem] leading-snug [overflow-wrap:anywhere]">
      <span className={`mr-2 ${row.state === 'fail' ? 'font-bold text-no' : ''}`}>
        {findingTexts[language][finding].what}
      </span>
      {detail === '' ? null : (
        <span className="digits inline-block max-w-full pr-2 text-[0.9375rem] text-ink-2">{detail}</span>
      )}
    </div>
  );
}

function CheckRow({ row }: { row: Row }) {
  const t = useWords();
  const language = useLanguage();
  const { tone, mark, ink } = looks[row.state];
  const took_ms = row.line?.took_ms ?? 0;
  return (
    <li
      data-check={row.check}
      data-state={row.state}
      className="flex items-start gap-2.5 border-t border-line px-3 py-1.5"
    >
      <Glyph tone={tone} mark={mark} className="mt-0.5 size-6" />
      <div className="min-w-0 flex-1">
        <div className="flex items-baseline justify-between gap-3 leading-snug">
          <span className="min-w-0 text-[1.125rem]">
            {checkTitles[language][row.check]}
            {row.subject === '' ? null : (
              <span className="digits ml-2 text-[0.9375rem] text-ink-2">{row.subject}</span>
            )}
          </span>
          <span className={`shrink-0 text-[1rem] font-bold ${ink}`}>
            {took_ms < TOLD_ms ? null : (
              <span className="digits mr-2 text-[0.9375rem] font-normal text-ink-2">
                {t('diagnostics.took', { seconds: (took_ms / 1000).toFixed(1) })}
              </span>
            )}
            {t(`verdict.${row.state}`)}
          </span>
        </div>
        <Found row={row} />
      </div>
    </li>
  );
}

function Group({ diagnosis, group }: { diagnosis: DiagnosisView; group: GroupName }) {
  const t = useWords();
  return (
    <section className="mb-3 overflow-hidden rounded-xl border border-line bg-white">
      <h2 className="bg-panel px-3 py-1.5 text-[1.125rem] font-bold">{t(`checkGroup.${group}`)}</h2>
      <ul>
        {rowsOf(diagnosis, group).map((row) => (
          <CheckRow key={`${row.check} ${row.subject}`} row={row} />
        ))}
      </ul>
    </section>
  );
}

export function CheckRows({ diagnosis }: { diagnosis: DiagnosisView }) {
  return (
    <div className="grid grid-cols-2 items-start gap-3">
      {columns.map((groups) => (
        <div key={groups.join()}>
          {groups.map((group) => (
            <Group key={group} diagnosis={diagnosis} group={group} />
          ))}
        </div>
      ))}
    </div>
  );
}
