// Which wallets this till takes under the routes that it runs with: the technician's answer to "why not this one".
import type { RouteConfiguration } from '../contract/configuration-routes.ts';
import type { WalletsView } from '../contract/diagnostics.ts';
import { schemePresented, schemesOfRoute } from './acquirers.ts';
import { type Coverage, coverageOf } from './domain/scan/coverage.ts';

export function coverageOfRoutes(routes: readonly RouteConfiguration[]): readonly Coverage[] {
  return coverageOf(
    routes.map((route) => ({
      id: route.id,
      schemes: schemesOfRoute(route),
      presents: schemePresented(route),
    })),
  );
}

const plain = ({ scheme, routeIds }: Coverage['taken'][number]) => ({ scheme, routeIds: [...routeIds] });

export function walletsOf(routes: readonly RouteConfiguration[]): WalletsView {
  return {
    wallets: coverageOfRoutes(routes).map(({ system, taken, shown }) => {
      const { name_zh, name_en, note_zh, note_en, confidence } = system;
      return {
        name_zh,
        name_en,
        note_zh,
        note_en,
        isFormatKnown: confidence !== 'no source',
        taken: taken.map(plain),
        shown: shown.map(plain),
      };
    }),
  };
}
