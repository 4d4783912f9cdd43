// The till waits for a payment code: what to scan, and what happens to it when the line is down.
import { useWords } from '../../i18n/index.ts';
import type { RouteView } from '../../../contract/snapshot.ts';
import { formatYuan } from '../../lib/format.ts';
import { bestWay, type RouteWay, routeWays, schemeWays } from '../../lib/route-ways.ts';
import { StateCard } from '../../ui/StateCard.tsx';
import { useSchemeName } from '../../ui/useSchemeName.ts';

/** What most customers pay by first; the rest as the rules have it. */
const usual = ['WECHAT', 'ALIPAY', 'UNIONPAY', 'ECNY'];

function inOrder(schemes: readonly string[]): string[] {
  return [...usual.filter((one) => schemes.includes(one)), ...schemes.filter((one) => !usual.includes(one))];
}

/** So many stand in letters of full size. */
const FEW_names = 6;

/** The wallets by what becomes of their codes now: those for which most can be done, then the others with what is done for them. */
function Wallets({ routes }: { routes: readonly RouteView[] }) {
  const t = useWords();
  const schemeName = useSchemeName();
  const ways = [...schemeWays(routes)];
  const told = new Set<string>();
  const groups: { way: RouteWay; names: string[] }[] = [];
  for (const way of routeWays) {
    const schemes = ways.filter(([, one]) => one === way).map(([scheme]) => scheme);
    // By name: those that have none of ours stand there once.
    const names = [...new Set(inOrder(schemes).map(schemeName))].filter((name) => !told.has(name));
    for (const name of names) told.add(name);
    if (names.length > 0) groups.push({ way, names });
  }
  const row = `flex flex-wrap gap-x-4 ${told.size > FEW_names ? 'text-[1.125rem]' : ''}`;
  return groups.map(({ way, names }, index) => (
    <b key={way} className={index === 0 ? row : `${row} text-off`}>
      {index === 0 || way === 'now' ? null : <span>{t(`tender.wallets.${way}`)}</span>}
      {names.map((name) => (
        <span key={name}>{name}</span>
      ))}
    </b>
  ));
}

const offlineWords = { queue: 'tender.readyOffline', hold: 'tender.readyHold' } as const;

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
  const way = bestWay(routes);
  const wallets = isSmall ? [] : [<Wallets key="wallets" routes={routes} />];
  if (way === 'now') {
    const lines = isSmall ? [] : [t('tender.readyBody'), ...wallets];
    return <StateCard tone="info" mark="code" title={readyTitle} lines={lines} isSmall={isSmall} />;
  }
  if (way === 'none') {
    const title = t('tender.readyRefused');
    const lines = [t('tender.cashWorks')];
    return (
      <StateCard tone="off" mark="cross" title={title} lines={lines} code="E-OFF-01" isSmall={isSmall} />
    );
  }
  const lines = [t(offlineWords[way]), ...wallets];
  return <StateCard tone="off" mark="clock" title={readyTitle} lines={lines} isSmall={isSmall} />;
}
