// The gateways' batches beside the reports: what is not settled and why, then what the acquirers said, newest first.
import { errorTexts } from '../../../contract/error-texts.ts';
import type {
  BatchesView,
  BatchSettledView,
  BatchSide,
  BatchWaitingView,
} from '../../../contract/batches.ts';
import { useLanguage, useWords } from '../../i18n/index.ts';
import { formatDay, formatYuan } from '../../lib/format.ts';
import { useNow_ms } from '../../lib/till.tsx';
import { StateCard } from '../../ui/StateCard.tsx';

/** A batch of yesterday may still be settled by itself; one that is older is somebody's business. */
const LATE_ms = 24 * 3_600_000;

function useSide(): (side: BatchSide) => string {
  const t = useWords();
  return ({ paymentCount, net_fen }) => t('batch.side', { count: paymentCount, amount: formatYuan(net_fen) });
}

function WaitingCard({ batch }: { batch: BatchWaitingView }) {
  const t = useWords();
  const texts = errorTexts[useLanguage()]['E-BATCH-02'];
  const now_ms = useNow_ms();
  const { routeId, batchNo, since_ms, why, cause } = batch;
  const isLate = since_ms !== null && now_ms - since_ms >= LATE_ms;
  const reason = t(`batch.${why}`, { count: cause });
  return (
    <StateCard
      isSmall
      tone={isLate || why === 'refused' || why === 'unread' ? 'wait' : 'info'}
      mark={isLate || why === 'refused' || why === 'unread' ? 'alert' : 'clock'}
      title={batchNo === null ? t('batch.unknown') : t('batch.waiting', { number: batchNo })}
      lines={isLate ? [reason, texts.money, <b key="todo">{texts.todo}</b>] : [reason]}
      subject={why === 'unproven' || cause === '' ? routeId : `${routeId} · ${cause}`}
      code={isLate ? 'E-BATCH-02' : null}
    />
  );
}

function DiffersCard({ batch }: { batch: Extract<BatchSettledView, { state: 'differs' }> }) {
  const t = useWords();
  const { money, todo } = errorTexts[useLanguage()]['E-BATCH-01'];
  const sideText = useSide();
  const { routeId, batchNo, at_ms, differenceCount, till, acquirer } = batch;
  return (
    <StateCard
      isSmall
      tone="no"
      mark="alert"
      title={t('batch.differs', { number: batchNo, count: differenceCount })}
      lines={[
        t('batch.till', { side: sideText(till) }),
        t('batch.acquirer', { side: sideText(acquirer) }),
        money,
        <b key="todo">{todo}</b>,
      ]}
      subject={`${routeId} · ${formatDay(at_ms)}`}
      code="E-BATCH-01"
    />
  );
}

function AgreedLine({ batch }: { batch: Extract<BatchSettledView, { state: 'agreed' }> }) {
  const t = useWords();
  const sideText = useSide();
  return (
    <StateCard
      isSmall
      tone="ok"
      mark="tick"
      title={t('batch.agreed', { number: batch.batchNo })}
      lines={[sideText(batch.till)]}
      subject={`${batch.routeId} · ${formatDay(batch.settledAt_ms)}`}
    />
  );
}

export function BatchCards({ batches }: { batches: BatchesView | undefined }) {
  const t = useWords();
  if (batches === undefined) return <></>;
  const { settled, waiting } = batches;
  return (
    <>
      <h2 className="text-[1.375rem] font-bold">{t('batch.title')}</h2>
      {settled.length + waiting.length === 0 ? <p className="text-[1.125rem]">{t('batch.none')}</p> : null}
      {waiting.map((batch) => (
        <WaitingCard key={`${batch.routeId} ${batch.batchNo ?? ''}`} batch={batch} />
      ))}
      {settled.map((batch) =>
        batch.state === 'differs' ? (
          <DiffersCard key={`${batch.routeId} ${batch.terminalCode} ${batch.batchNo}`} batch={batch} />
        ) : (
          <AgreedLine key={`${batch.routeId} ${batch.terminalCode} ${batch.batchNo}`} batch={batch} />
        ),
      )}
    </>
  );
}
