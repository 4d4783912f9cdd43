// The till waits for a payment code: what to scan, and what happens to it when the line is down.
import { useWords } from '../../i18n/index.ts';
import type { RouteView } from '../../../contract/snapshot.ts';
import { formatYuan } from '../../lib/format.ts';
import { StateCard } from '../../ui/StateCard.tsx';
import { useSchemeName } from '../../ui/useSchemeName.ts';

const isGood = ({ state }: RouteView): boolean => state === 'online' || state === 'starting';

/** What most customers pay by first; the rest as the rules have it. */
const usual = ['WECHAT', 'ALIPAY', 'UNIONPAY', 'ECNY'];

function inOrder(schemes: readonly string[]): string[] {
  return [...usual.filter((one) => schemes.includes(one)), ...schemes.filter((one) => !usual.includes(one))];
}

/** So many stand in letters of full size. */
const FEW_names = 6;

/** The wallets that the shop takes; those that no line takes now stand apart as offline. */
function Wallets({ routes }: { routes: readonly RouteView[] }) {
  const t = useWords();
  const schemeName = useSchemeName();
  const namesOf = (some: readonly RouteView[]) =>
    // By name: those that have none of ours stand there once.
    new Set(inOrder(some.flatMap(({ schemes }) => schemes)).map(schemeName));
  const all = [...namesOf(routes)];
  const good = routes.filter(isGood);
  const now = good.length === 0 ? new Set(all) : namesOf(good);
  const off = all.filter((name) => !now.has(name));
  const row = `flex flex-wrap gap-x-4 ${all.length > FEW_names ? 'text-[1.125rem]' : ''}`;
  return (
    <>
      <b className={row}>
        {[...now].map((name) => (
          <span key={name}>{name}</span>
        ))}
      </b>
      {off.length === 0 ? null : (
        <b className={`${row} text-off`}>
          <span>{t('bar.offline')}:</span>
          {off.map((name) => (
            <span key={name}>{name}</span>
          ))}
        </b>
      )}
    </>
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
