// A customer says that he has paid: the payments that he may mean, what is proven of the chosen one, and paper for him.
import type { PaymentsFound } from '../../../contract/evidence.ts';
import { useWords } from '../../i18n/index.ts';
import { useTill } from '../../lib/till.tsx';
import { Key } from '../../ui/Key.tsx';
import { Page } from '../../ui/Page.tsx';
import { StorySteps } from '../../ui/StorySteps.tsx';
import { TwoColumns } from '../../ui/TwoColumns.tsx';
import { useChosen } from '../../ui/useChosen.ts';
import { EvidenceFacts } from './EvidenceFacts.tsx';
import { FoundRows } from './FoundRows.tsx';

export function EvidenceScreen({ found, onBack }: { found: PaymentsFound; onBack: () => void }) {
  const t = useWords();
  const { send } = useTill();
  const { chosen: at, choose } = useChosen(found.payments.length);
  const chosen = found.payments[at];
  if (chosen === undefined) return null;
  const { asked } = found;
  const count = found.payments.length;
  return (
    <TwoColumns
      left={
        <Page
          title={t('evidence.title')}
          body={count === 1 ? t('evidence.one', { asked }) : t('evidence.count', { asked, count })}
        >
          {count === 1 ? null : <FoundRows payments={found.payments} chosen={at} choose={choose} />}
          {found.hasMore ? <p className="shrink-0 text-[1.125rem] text-ink-2">{t('evidence.more')}</p> : null}
          <section className="min-h-0 flex-1 overflow-y-auto border-t-2 border-line pt-3">
            <h2 className="text-[1.25rem] font-bold">{t('tender.story')}</h2>
            <StorySteps steps={chosen.story} />
            {chosen.isShortened ? <p className="mt-2 text-ink-2">{t('evidence.shortened')}</p> : null}
          </section>
          {chosen.sale.state === 'sold' ? (
            <Key
              size="small"
              className="shrink-0 self-start"
              label={t('evidence.giveBack')}
              shortcut="F4"
              onPress={() => void send('sale.find', { text: chosen.orderNumber })}
            />
          ) : null}
        </Page>
      }
      right={<EvidenceFacts evidence={chosen} />}
      keys={
        <>
          <Key label={t('pad.back')} shortcut="Escape" onPress={onBack} />
          <Key
            look="main"
            label={t('evidence.print')}
            note={t('evidence.printNote')}
            shortcut="Enter"
            onPress={() => void send('evidence.print', { attemptId: chosen.attemptId })}
          />
        </>
      }
    />
  );
}
