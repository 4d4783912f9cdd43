// The numbers that the acquirer of a route knows shop and till by: each contract may have its own, and `terminal` has them for the others.
import type { Configuration } from '../contract/configuration.ts';
import type {
  AlipayRoute,
  GatewayRoute,
  RouteConfiguration,
  UnionpayRoute,
} from '../contract/configuration-routes.ts';
import type { BatchParty } from './batch-journal.ts';

type Terminal = Configuration['terminal'];
type WithTerminal = Pick<Configuration, 'terminal'>;

/** The shop's number on the bills of a route; null: nobody has told Alipay's (`sellerId`). */
export function merchantOf({ terminal }: WithTerminal, route: RouteConfiguration): string | null {
  switch (route.adapter) {
    case 'wechatpay':
      return route.mchId;
    case 'unionpay':
      return route.merId;
    case 'alipay':
      return route.sellerId ?? null;
    case 'gateway':
      return route.merchantCode ?? terminal.merchantCode;
  }
}

/**
 * Whose books a route's payments stand in: what must not change under payments that are open. Keys, address and terminal may.
 * An application of Alipay's sees its own orders only.
 */
export function partyOf(configuration: WithTerminal, route: RouteConfiguration): string {
  const merchant = route.adapter === 'alipay' ? route.appId : merchantOf(configuration, route);
  return `${route.adapter}:${merchant}`;
}

/** The till's number in the requests of a route; null: WeChat Pay has none, it knows devices by their serial. */
export function terminalNumberOf(configuration: WithTerminal, route: AlipayRoute | UnionpayRoute): string;
export function terminalNumberOf(configuration: WithTerminal, route: RouteConfiguration): string | null;
export function terminalNumberOf({ terminal }: WithTerminal, route: RouteConfiguration): string | null {
  switch (route.adapter) {
    case 'wechatpay':
      return null;
    case 'unionpay':
      return route.termId ?? terminal.terminalCode;
    case 'alipay':
      return route.terminalId ?? terminal.terminalCode;
    case 'gateway':
      return route.terminalCode ?? terminal.terminalCode;
  }
}

/** What `terminal` says, with the numbers of this gateway's contract. */
export function gatewayTerminal({ terminal }: WithTerminal, route: GatewayRoute): Terminal {
  const { merchantCode = terminal.merchantCode, terminalCode = terminal.terminalCode } = route;
  return { ...terminal, merchantCode, terminalCode };
}

/** Whose batches they are: the acquirer's terminal, and the till whose payments they are made of. */
export function batchPartyOf(configuration: WithTerminal, route: GatewayRoute): BatchParty {
  const { terminalCode } = gatewayTerminal(configuration, route);
  return { routeId: route.id, terminalCode, tillCode: configuration.terminal.terminalCode };
}
