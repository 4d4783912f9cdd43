// Who is paid by a payment, by the numbers that its acquirer knows shop and till by, as papers print them.
import type { Configuration } from '../contract/configuration.ts';
import type { Payee } from './domain/receipt/blocks.ts';
import type { Attempt } from './domain/till/state.ts';
import { merchantOf, partyOf, terminalNumberOf } from './party.ts';

/** By the party alone: a contract that is over, whose terminal nobody knows any more. */
function formerPayee(party: string): Payee {
  const [adapter = '', ...number] = party.split(':');
  return {
    kind: adapter === 'alipay' ? 'application' : 'merchant',
    number: number.join(':'),
    terminal: null,
  };
}

/**
 * The route may be another merchant's by now, and a paper of before is printed again: it names whom the payment paid.
 * Null: nobody told it, and the route has left the configuration; another's number would mislead.
 */
export function payeeOf(
  configuration: Configuration,
  { routeId, party }: Pick<Attempt, 'routeId' | 'party'>,
): Payee | null {
  const route = configuration.routes.find(({ id }) => id === routeId);
  if (party !== undefined && (route === undefined || party !== partyOf(configuration, route)))
    return formerPayee(party);
  if (route === undefined) return null;
  const terminal = terminalNumberOf(configuration, route);
  const merchant = merchantOf(configuration, route);
  if (merchant !== null) return { kind: 'merchant', number: merchant, terminal };
  // Alipay: the shop's application is what its support can find the shop by.
  return route.adapter === 'alipay' ? { kind: 'application', number: route.appId, terminal } : null;
}
