// Which routes stand on one bill: an acquirer bills a shop, not a route of a till's.
import type { Configuration } from '../contract/configuration.ts';
import type { BillRail } from '../contract/reconciliation.ts';
import { railOfRoute } from './bills-folder.ts';
import { merchantOf, partyOf } from './party.ts';

/** `rate_ppm`: the fee of its contract, in millionths; null: nobody has told it. */
type BillRoute = { routeId: string; party: string; rate_ppm: number | null };

/** `merchant`: whose bill it is, by the number on it; null: it names nobody that we know by a number. */
export type BillContract = { rail: BillRail; merchant: string | null; routes: [BillRoute, ...BillRoute[]] };

/** In the order of the configuration. Of a shop whose number nobody has told, each route by itself: two may be two shops'. */
export function billContracts(configuration: Pick<Configuration, 'terminal' | 'routes'>): BillContract[] {
  const contracts: BillContract[] = [];
  for (const route of configuration.routes) {
    const rail = railOfRoute(route);
    const merchant = merchantOf(configuration, route);
    const party = partyOf(configuration, route);
    const one = { routeId: route.id, party, rate_ppm: route.feeRate_ppm ?? null };
    const own = contracts.find((each) => {
      return merchant !== null && each.rail === rail && each.merchant === merchant;
    });
    if (own === undefined) contracts.push({ rail, merchant, routes: [one] });
    else own.routes.push(one);
  }
  return contracts;
}
