// The differences: which, by how much, what till and bill say of it, whose turn it is and what to do; dealt with or not.
import {
  type Adjustment,
  endsFinding,
  type FindingClass,
  isFindingOver,
  mustBeComparedAgain,
  type ReconciliationFound,
} from '../../../contract/reconciliation.ts';
import { useLanguage, useWords } from '../../i18n/index.ts';
import { formatYuan } from '../../lib/format.ts';
import { useScreenState } from '../../lib/till.tsx';
import { Glyph } from '../../ui/Glyph.tsx';
import { saidText } from './said.ts';
import { ListRow } from '../../ui/ListRow.tsx';

type Props = { found: ReconciliationFound; chosen: number; choose: (index: number) => void };

type NextProps = { one: FindingClass | undefined; isOld: boolean; isProven: boolean };

function Next({ one, isOld, isProven }: NextProps) {
  const language = useLanguage();
  const t = useWords();
  if (isProven) return <p className="text-[1.125rem] leading-snug font-bold">{t('reconcile.provenAgain')}</p>;
  if (isOld) return <p className="text-[1.125rem] leading-snug font-bold">{t('reconcile.compareAgain')}</p>;
  if (one === undefined) return null;
  return (
    <p className="text-[1.125rem] leading-snug">
      <b>{one.who[language]}</b> · {one.next[language]}
    </p>
  );
}

type SaidProps = { said: readonly Adjustment[]; isEnd: (one: Adjustment) => boolean };

/** What was said and done about it, and who answers for that, in the order in which it was said. */
function SettledLines({ said, isEnd }: SaidProps) {
  const t = useWords();
  const operators = useScreenState().snapshot?.operators ?? [];
  const nameOf = (operatorId: string) => operators.find(({ id }) => id === operatorId)?.name ?? operatorId;
  return said
    .toSorted((a, b) => a.at_ms - b.at_ms)
    .map((one) => (
      <p key={one.adjustmentId} className="text-[1.0625rem]">
        {t(isEnd(one) ? 'reconcile.settled' : 'reconcile.noted', {
          reason: one.reason,
          name: nameOf(one.approverId),
        })}
      </p>
    ));
}

export function FindingRows({ found, chosen, choose }: Props) {
  const t = useWords();
  const language = useLanguage();
  const { taken, adjustments, proven } = found;
  const { findings, classes } = taken.comparison;
  return (
    <ul className="min-h-0 flex-1 overflow-y-auto border-t-2 border-line">
      {findings.map((one, index) => {
        const words = classes.find((each) => each.class === one.class);
        const said = adjustments.filter((each) => each.index === index);
        const isOver = isFindingOver(one, index, found);
        const isProven = proven.includes(index);
        const isChosen = index === chosen;
        return (
          <ListRow
            key={index}
            isChosen={isChosen}
            onClick={() => choose(index)}
            className="grid-cols-[2.5rem_minmax(0,1fr)_auto] items-start gap-3 px-3 py-2"
          >
            <Glyph tone={isOver ? 'ok' : 'wait'} mark={isOver ? 'tick' : 'alert'} className="size-8" />
            <div className="min-w-0">
              <b className="text-[1.25rem]">{words?.name[language] ?? one.class}</b>{' '}
              <span className="digits text-[1rem] text-ink-2">{one.refundNumber ?? one.orderNumber}</span>
              {isChosen ? (
                <div className="mt-1 space-y-1 text-[1.0625rem] leading-snug [overflow-wrap:anywhere]">
                  <p>{`${t('reconcile.here')}: ${saidText(one.here, language)}`}</p>
                  <p>{`${t('reconcile.there')}: ${saidText(one.there, language)}`}</p>
                  {isOver ? null : (
                    <Next
                      one={words}
                      isOld={mustBeComparedAgain(taken.comparison, one)}
                      isProven={isProven}
                    />
                  )}
                </div>
              ) : null}
              {isProven ? <p className="text-[1.0625rem]">{t('reconcile.provenSince')}</p> : null}
              <SettledLines said={said} isEnd={(each) => endsFinding(one, each, proven)} />
            </div>
            <b className="digits text-[1.25rem]">{formatYuan(one.effect_fen)}</b>
          </ListRow>
        );
      })}
    </ul>
  );
}
