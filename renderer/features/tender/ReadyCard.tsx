// The till waits for a payment code: what to scan, and what happens to it when the line is down.
import { useTranslation } from 'react-i18next';
import type { RouteView } from '../../../contract/snapshot.ts';
import { StateCard } from '../../ui/StateCard.tsx';

export function ReadyCard({ route, isBrief }: { route: RouteView | undefined; isBrief: boolean }) {
  const { t } = useTranslation();
  const isDown = route !== undefined && route.state !== 'online' && route.state !== 'starting';
  if (!isDown) {
    const lines = [t('tender.readyBody'), <b key="wallets">{t('tender.wallets')}</b>];
    return <StateCard tone="info" mark="code" title={t('tender.readyTitle')} lines={isBrief ? [] : lines} />;
  }
  const offline = route.queueOpen ? 'tender.readyOffline' : route.offlineMode === 'hold' ? 'tender.readyHold' : null;
  if (offline === null) return <StateCard tone="off" mark="cross" title={t('tender.readyRefused')} code="E-OFF-01" />;
  const lines = [<b key="offline">{t(offline)}</b>, ...(isBrief ? [] : [t('tender.wallets')])];
  return <StateCard tone="off" mark="code" title={t('tender.readyTitle')} lines={lines} />;
}
