// X: the period so far. Z: the day is closed. What each does is said before its key; a day that could not be sealed is loud.
import { useState } from 'react';
import { errorTexts } from '../../../contract/error-texts.ts';
import type { ReportFound, Snapshot } from '../../../contract/snapshot.ts';
import { useLanguage, useWords } from '../../i18n/index.ts';
import { formatYuan } from '../../lib/format.ts';
import { useTill } from '../../lib/till.tsx';
import { Ask } from '../../ui/Ask.tsx';
import { Key } from '../../ui/Key.tsx';
import { Page } from '../../ui/Page.tsx';
import { StateCard } from '../../ui/StateCard.tsx';
import { TwoColumns } from '../../ui/TwoColumns.tsx';
import { ReportScreen } from './ReportScreen.tsx';
import { reportOf } from './take.ts';

type Kind = 'x' | 'z';

/** What is still open and goes on in the next period. */
function OpenThings({ snapshot }: { snapshot: Snapshot }) {
  const t = useWords();
  const { shift, parked, giveBacks, exposure, resolving, exceptionCount } = snapshot;
  const twice = giveBacks.filter(({ isTwice }) => isTwice);
  const unproven = giveBacks.filter((one) => one.unproven && !one.isTwice);
  const isCrowded = twice.length > 0;
  const perhapsCount = giveBacks.filter((one) => one.reason === 'E-REF-06' && !one.isTwice).length;
  const failedCount = giveBacks.length - twice.length - unproven.length - perhapsCount;
  const open = [
    exposure.count > 0
      ? t('zed.openQueued', { count: exposure.count, amount: formatYuan(exposure.total_fen) })
      : null,
    resolving.length > 0 ? t('zed.openPayments', { count: resolving.length }) : null,
    unproven.length > 0 ? t('zed.openGiveBacks', { count: unproven.length }) : null,
    failedCount > 0 ? t('zed.failedGiveBacks', { count: failedCount }) : null,
    perhapsCount > 0 ? t('zed.perhapsGivenBack', { count: perhapsCount }) : null,
    exceptionCount > 0 ? t('zed.openExceptions', { count: exceptionCount }) : null,
    parked.length > 0 ? t('zed.openParked', { count: parked.length }) : null,
  ].filter((line) => line !== null);
  return (
    <>
      {shift === null ? null : (
        <StateCard
          tone="wait"
          mark="alert"
          title={t('zed.shiftTitle')}
          lines={[t('zed.shiftBody')]}
          isSmall={isCrowded}
        />
      )}
      {open.length === 0 ? (
        <StateCard tone="ok" mark="tick" title={t('zed.nothingOpen')} />
      ) : (
        <StateCard
          tone="wait"
          mark="clock"
          title={t('zed.openTitle')}
          lines={[...open, <b key="b">{t('zed.openBody')}</b>]}
          isSmall={isCrowded}
        />
      )}
      {!isCrowded ? null : (
        <StateCard
          tone="no"
          mark="alert"
          title={t('zed.twiceTitle', { count: twice.length })}
          lines={[t('zed.twiceBody')]}
          isSmall
        />
      )}
    </>
  );
}

function NotSealed({ detail }: { detail: string }) {
  const t = useWords();
  const text = errorTexts[useLanguage()]['E-REP-01'];
  return (
    <div role="alert" className="rounded-2xl border-4 border-no bg-no-pale p-6">
      <h2 className="text-[3rem] leading-tight font-bold text-no">✕ {t('zed.notSealed')}</h2>
      <p className="mt-3 text-[1.625rem] leading-snug font-bold">{text.what}</p>
      <p className="mt-2 text-[1.375rem] leading-snug">
        {text.money} {text.todo}
      </p>
      <p className="digits mt-3 text-[1rem] text-ink-2 [overflow-wrap:anywhere]">
        {['E-REP-01', detail].filter((part) => part !== '').join(' · ')}
      </p>
    </div>
  );
}

function useTaking(kind: Kind, nextZ: number) {
  const { send, approvals } = useTill();
  // As it was when this page opened: pressed again after an answer that was lost, it is still that Z.
  const [zNumber] = useState(nextZ);
  const [found, setFound] = useState<ReportFound | null>(null);
  const [difference, setDifference] = useState<string | null>(null);
  const [isBusy, setBusy] = useState(false);
  const take = async () => {
    setBusy(true);
    setDifference(null);
    const reply =
      kind === 'x' ? await approvals.send('report.x', {}) : await approvals.send('day.close', { zNumber });
    if (!reply.ok && !reply.lost && reply.code === 'E-REP-01') setDifference(reply.detail);
    setFound(await reportOf(reply, send));
    setBusy(false);
  };
  return { found, difference, isBusy, take };
}

export function TakeReport({
  kind,
  snapshot,
  onClose,
}: {
  kind: Kind;
  snapshot: Snapshot;
  onClose: () => void;
}) {
  const t = useWords();
  const { found, difference, isBusy, take } = useTaking(kind, snapshot.counts.zNumber);
  const [isAsking, setAsking] = useState(false);
  if (found !== null) return <ReportScreen found={found} isNew onClose={onClose} />;
  const words = kind === 'x' ? 'ex' : 'zed';
  return (
    <>
      <TwoColumns
        left={
          <Page title={t(`${words}.title`)} body={t(`${words}.body`)}>
            {difference === null ? null : <NotSealed detail={difference} />}
            {kind === 'z' ? <OpenThings snapshot={snapshot} /> : null}
          </Page>
        }
        right={<p className="text-[1.25rem]">{isBusy ? t('report.busy') : ''}</p>}
        keys={
          <>
            <Key label={t('pad.back')} shortcut="Escape" onPress={onClose} />
            <Key
              look="main"
              label={t(`${words}.take`)}
              shortcut="Enter"
              isDisabled={isBusy}
              onPress={() => (kind === 'x' ? void take() : setAsking(true))}
            />
          </>
        }
      />
      {isAsking ? (
        <Ask
          title={t('zed.askTitle')}
          body={t('zed.askBody')}
          safe={t('zed.askNo')}
          other={t('zed.askYes')}
          otherKey="F5"
          onSafe={() => setAsking(false)}
          onOther={() => {
            setAsking(false);
            void take();
          }}
        />
      ) : null}
    </>
  );
}
