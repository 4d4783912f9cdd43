// What becomes of a payment code now: routes that are down differ in what they do with one. Pure.
import type { RouteView } from '../../contract/snapshot.ts';

/** Best first: sent at once, queued with the goods leaving, kept for a moment, refused. */
export const routeWays = ['now', 'queue', 'hold', 'none'] as const;
export type RouteWay = (typeof routeWays)[number];

export const isDown = ({ state }: RouteView): boolean => state === 'offline' || state === 'broken';

function wayOf(route: RouteView): RouteWay {
  if (!isDown(route)) return 'now';
  if (route.queueOpen) return 'queue';
  return route.offlineMode === 'hold' ? 'hold' : 'none';
}

/** As the core chooses (core/engine/scanning.ts): the first that is up, and with none up the first. */
function takerOf(takers: readonly RouteView[]): RouteView | undefined {
  return takers.find((route) => !isDown(route)) ?? takers[0];
}

/** Of each wallet that is taken. */
export function schemeWays(routes: readonly RouteView[]): Map<string, RouteWay> {
  const ways = new Map<string, RouteWay>();
  for (const scheme of new Set(routes.flatMap(({ schemes }) => schemes))) {
    const taker = takerOf(routes.filter(({ schemes }) => schemes.includes(scheme)));
    if (taker !== undefined) ways.set(scheme, wayOf(taker));
  }
  return ways;
}

/** The best that is done with the code of any wallet; where none is scanned, that any route does. */
export function bestWay(routes: readonly RouteView[]): RouteWay {
  const bySchemes = schemeWays(routes);
  const ways = new Set(bySchemes.size > 0 ? bySchemes.values() : routes.map(wayOf));
  return routeWays.find((way) => ways.has(way)) ?? 'none';
}
