// May this payment go into the offline queue? (DESIGN section 5: mode, acquirer's permission, bounds, same code, trusted clock.)
import type { RouteSettings, Surroundings } from './events.ts';
import { exposure } from './queries.ts';
import type { ErrorText } from './reasons.ts';
import { isQuarantined } from './restoring.ts';
import type { TillState } from './state.ts';

export type QueueRequest = {
  routeId: string;
  amount_fen: number;
  deferrable: boolean;
  usedBefore?: boolean;
  clockTrusted: boolean;
};

export type Taker = { routeId: string; deferrable: boolean };

/**
 * Of the routes that know a code, none of which is up, the one that keeps most of the sale: whose queue takes it, else who holds it for a
 * moment, else who says why its queue does not take it, else the first (adr/0024). Undefined: there is none.
 */
export function takerWhileDown<One extends Taker>(
  state: TillState,
  takers: readonly One[],
  { routes, clockTrusted }: Pick<Surroundings, 'routes' | 'clockTrusted'>,
  amount_fen: number,
): One | undefined {
  const known = takers.flatMap((taker) => {
    const route = routes[taker.routeId];
    return route === undefined ? [] : [{ taker, route }];
  });
  const best =
    known.find(
      ({ taker, route }) => queueRefusal(state, route, { ...taker, amount_fen, clockTrusted }) === null,
    ) ??
    known.find(({ route }) => route.offline.mode === 'hold') ??
    known.find(({ route }) => route.offline.mode === 'queue');
  return best?.taker ?? takers[0];
}

/** Null when the queue takes it, else the reason for the cashier. */
export function queueRefusal(
  state: TillState,
  route: RouteSettings,
  request: QueueRequest,
): ErrorText | null {
  const { offline } = route;
  if (offline.mode !== 'queue') return 'E-OFF-01';
  if (isQuarantined(state)) return 'E-OFF-13';
  const facts = state.routes[request.routeId];
  // A route that refuses our configuration forwards nothing either (`forward`): goods would leave for a promise that nobody takes. What may be
  // one order's fault alone stops no other.
  if ((facts?.alarm ?? null) !== null && facts?.onTrial !== true) return 'E-OFF-14';
  const isAllowed = facts?.storeAndForward === true;
  if (!isAllowed || !request.deferrable) return 'E-OFF-06';
  if (!request.clockTrusted) return 'E-OFF-07';
  if (request.usedBefore === true) return 'E-OFF-05';
  if (request.amount_fen > offline.perPayment_fen) return 'E-OFF-02';
  const open = exposure(state);
  if (open.total_fen + request.amount_fen > offline.openTotal_fen) return 'E-OFF-03';
  if (open.count + 1 > offline.count) return 'E-OFF-04';
  return null;
}
