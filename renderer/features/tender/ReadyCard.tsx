// The till waits for a payment code: what to scan, and what happens to it when the line is down.
import { useWords } from '../../i18n/index.ts';
import type { RouteView } from '../../../contract/snapshot.ts';
import { formatYuan } from '../../lib/format.ts';
import { StateCard } from '../../ui/StateCard.tsx';

const isGood = ({ state }: RouteView): boolean => state === 'online' || state === 'starting';

/** The wallets that the shop takes; beside one that no line takes now stands that it is offline. */
function Wallets({ routes }: { routes: readonly RouteView[] }) {
  const t = useWords();
  const isAnyGood = routes.some(isGood);
  const wallets = (['WECHAT', 'ALIPAY', 'UNIONPAY', 'ECNY'] as const).flatMap((scheme) => {
    const takers = routes.filter(({ schemes }) => schemes.includes(scheme));
    if (takers.length === 0) return [];
    return [{ scheme, isOff: isAnyGood && !takers.some(isGood) }];
  });
  return (
    <b className="flex flex-wrap gap-x-5">
      {wallets.map(({ scheme, isOff }) => (
        <span key={scheme} className={isOff ? 'text-off' : ''}>
          {t(`scheme.${scheme}`)}
          {isOff ? ` (${t('bar.offline')})` : null}
        </span>
      ))}
    </b>
  );
}

/** `isSmall` beside the card of a payment that did not come about. */
export function ReadyCard({
  routes,
  part_fen,
  isSmall,
}: {
  routes: readonly RouteView[];
  /** What the next code pays, when it is not all that is due. */
  part_fen: number | null;
  isSmall: boolean;
}) {
  const t = useWords();
  const readyTitle =
    part_fen === null ? t('tender.readyTitle') : t('tender.readyPart', { amount: formatYuan(part_fen) });
  const route = routes.find(isGood) ?? routes[0];
  const isDown = route !== undefined && !isGood(route);
  const wallets = isSmall ? [] : [<Wallets key="wallets" routes={routes} />];
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
