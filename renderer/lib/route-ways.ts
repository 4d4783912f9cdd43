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

function bestOf(ways: readonly RouteWay[]): RouteWay {
  return routeWays.find((way) => ways.includes(way)) ?? 'none';
}

/** Of each wallet that is taken: its code goes to whichever route does most for it (adr/0024). */
export function schemeWays(routes: readonly RouteView[]): Map<string, RouteWay> {
  const schemes = new Set(routes.flatMap((route) => route.schemes));
  const takersOf = (scheme: string) => routes.filter((route) => route.schemes.includes(scheme));
  return new Map([...schemes].map((scheme) => [scheme, bestOf(takersOf(scheme).map(wayOf))]));
}

/** The best that is done with the code of any wallet; where none is scanned, that any route does. */
export function bestWay(routes: readonly RouteView[]): RouteWay {
  const bySchemes = [...schemeWays(routes).values()];
  return bestOf(bySchemes.length > 0 ? bySchemes : routes.map(wayOf));
}
