// Money on its way back to a customer: each give-back with its state, until it is proven given or proven not.
import { errorTexts } from '../../contract/error-texts.ts';
import type { GiveBackView } from '../../contract/snapshot.ts';
import { useLanguage, useWords } from '../i18n/index.ts';
import { formatYuan } from '../lib/format.ts';
import { useNow_ms } from '../lib/till.tsx';
import { ageWords } from './age-words.ts';
import { Glyph, type Mark, type Tone } from './Glyph.tsx';
import { useSchemeName } from './useSchemeName.ts';

const giveBackLooks: Record<GiveBackView['state'], { tone: Tone; mark: Mark }> = {
  requested: { tone: 'wait', mark: 'clock' },
  sending: { tone: 'wait', mark: 'send' },
  pending: { tone: 'wait', mark: 'clock' },
  unknown: { tone: 'wait', mark: 'question' },
  inquiring: { tone: 'wait', mark: 'question' },
  done: { tone: 'ok', mark: 'tick' },
  failed: { tone: 'no', mark: 'cross' },
};

export function giveBackLook({ state, paidInCash, isTwice }: GiveBackView): { tone: Tone; mark: Mark } {
  if (isTwice) return { tone: 'no', mark: 'alert' };
  return paidInCash ? giveBackLooks.done : giveBackLooks[state];
}

/** What the state alone would say wrongly: it may be back by other means, or nobody is at work on it. */
const toldByReason: ReadonlySet<string> = new Set(['E-REF-06', 'E-REF-07', 'E-REF-11']);

/** The state in words: a failed one that was paid out in cash is over. */
export function useGiveBackWords(): (giveBack: GiveBackView) => string {
  const t = useWords();
  const language = useLanguage();
  return ({ state, paidInCash, method, isTwice, reason }) => {
    if (isTwice) return t('giveBack.twice');
    if (paidInCash) return t('giveBack.paidInCash');
    if (reason !== null && toldByReason.has(reason)) return errorTexts[language][reason].what;
    return method === 'void' && state === 'done' ? t('giveBack.voided') : t(`giveBack.${state}`);
  };
}

function NextStep({ at_ms }: { at_ms: number }) {
  const t = useWords();
  return <>{t('giveBack.next', { wait: ageWords(t, at_ms - useNow_ms()) })}</>;
}

function Row({ giveBack }: { giveBack: GiveBackView }) {
  const t = useWords();
  const language = useLanguage();
  const wordsOf = useGiveBackWords();
  const schemeName = useSchemeName();
  const { tone, mark } = giveBackLook(giveBack);
  const text = giveBack.reason === null ? null : errorTexts[language][giveBack.reason];
  return (
    <li className="flex items-start gap-3 border-t border-line py-2 first:border-t-0">
      <Glyph tone={tone} mark={mark} className="mt-0.5 size-8" />
      <div className="min-w-0 flex-1 leading-snug">
        <div className="flex items-baseline justify-between gap-3 text-[1.25rem] font-bold">
          <span>{wordsOf(giveBack)}</span>
          <span className="digits">{formatYuan(giveBack.amount_fen)}</span>
        </div>
        <div className="digits text-[1rem] text-ink-2 [overflow-wrap:anywhere]">
          {schemeName(giveBack.scheme)} · {t('giveBack.number', { number: giveBack.requestNumber })}
          {giveBack.nextStepAt_ms === null ? null : (
            <>
              {' · '}
              <NextStep at_ms={giveBack.nextStepAt_ms} />
            </>
          )}
        </div>
        {text === null ? null : (
          <div className="text-[1.0625rem]">
            {text.money} {text.todo} <span className="digits text-[1rem] text-ink-2">{giveBack.reason}</span>
          </div>
        )}
      </div>
    </li>
  );
}

export function GiveBackRows({ giveBacks }: { giveBacks: readonly GiveBackView[] }) {
  if (giveBacks.length === 0) return null;
  return (
    <ul role="status" className="shrink-0 rounded-xl border border-line bg-white px-4 py-1">
      {giveBacks.map((giveBack) => (
        <Row key={giveBack.giveBackId} giveBack={giveBack} />
      ))}
    </ul>
  );
}
