// The till waits for a payment code: what to scan, and what happens to it when the line is down.
import { useTranslation } from 'react-i18next';
import type { RouteView } from '../../../contract/snapshot.ts';
import { formatYuan } from '../../lib/format.ts';
import { StateCard } from '../../ui/StateCard.tsx';

function Wallets() {
  const { t } = useTranslation();
  const names = (['WECHAT', 'ALIPAY', 'UNIONPAY', 'ECNY'] as const).map((scheme) => t(`scheme.${scheme}`));
  return (
    <b className="flex flex-wrap gap-x-5">
      {names.map((name) => (
        <span key={name}>{name}</span>
      ))}
    </b>
  );
}

/** `isSmall` beside the card of a payment that did not come about. */
export function ReadyCard({
  route,
  part_fen,
  isSmall,
}: {
  route: RouteView | undefined;
  /** What the next code pays, when it is not all that is due. */
  part_fen: number | null;
  isSmall: boolean;
}) {
  const { t } = useTranslation();
  const readyTitle =
    part_fen === null ? t('tender.readyTitle') : t('tender.readyPart', { amount: formatYuan(part_fen) });
  const isDown = route !== undefined && route.state !== 'online' && route.state !== 'starting';
  const wallets = isSmall ? [] : [<Wallets key="wallets" />];
  if (!isDown) {
    const lines = isSmall ? [] : [t('tender.readyBody'), ...wallets];
    return <StateCard tone="info" mark="code" title={readyTitle} lines={lines} isSmall={isSmall} />;
  }
  const offline = route.queueOpen
    ? 'tender.readyOffline'
    : route.offlineMode === 'hold'
      ? 'tender.readyHold'
      : null;
  if (offline === null) {
    const title = t('tender.readyRefused');
    const lines = [t('tender.cashWorks')];
    return (
      <StateCard tone="off" mark="cross" title={title} lines={lines} code="E-OFF-01" isSmall={isSmall} />
    );
  }
  const lines = [t(offline), ...wallets];
  return <StateCard tone="off" mark="clock" title={readyTitle} lines={lines} isSmall={isSmall} />;
}
