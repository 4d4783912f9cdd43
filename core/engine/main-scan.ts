// Main scan: a person asks for a code; its end is by the wall clock, which the acquirer has too.
import type { PaymentPolicy } from '../domain/payment/policy.ts';
import type { ErrorText } from '../domain/till/reasons.ts';
import type { Clock } from '../ports/clock.ts';
import type { Engine } from './engine.ts';

/** `presents`: whose app scans its codes; null: it shows none. */
type Routes = Readonly<Record<string, { presents: string | null; policy: PaymentPolicy }>>;

export type AskForCode = (routeId: string) => ErrorText | null;

export function createMainScan(engine: Engine, clock: Clock, routes: Routes): AskForCode {
  return (routeId) => {
    const route = Object.hasOwn(routes, routeId) ? routes[routeId] : undefined;
    if (route === undefined || route.presents === null) return 'E-SALE-02';
    const expiresAt_ms = Math.round(clock.wall_ms()) + route.policy.presenting.codeFor_ms;
    return engine.ask({ kind: 'presentAsked', routeId, scheme: route.presents, expiresAt_ms });
  };
}
