// Which routes can show a code of ours now. Pure.
import type { RouteView } from '../../../contract/snapshot.ts';

export type CodeRoute = { routeId: string; scheme: string };

export function hasCodeRoute(routes: readonly RouteView[]): boolean {
  return routes.some(({ presents }) => presents !== null);
}

/** One for each wallet that a line works for, in the configuration's order. The acquirer makes the code: without the line there is none. */
export function codeRoutes(routes: readonly RouteView[]): CodeRoute[] {
  const good: CodeRoute[] = [];
  for (const { id, presents, state } of routes) {
    const isGood = state === 'online' || state === 'starting';
    if (presents === null || !isGood || good.some(({ scheme }) => scheme === presents)) continue;
    good.push({ routeId: id, scheme: presents });
  }
  return good;
}
