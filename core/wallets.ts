// Which wallets this till takes under the routes that it runs with: the technician's answer to "why not this one".
import type { Configuration } from '../contract/configuration.ts';
import type { WalletsView, WalletView } from '../contract/diagnostics.ts';
import { type Coverage, coverageOf, type WhyNot } from './domain/scan/coverage.ts';
import { publishedFormats, routeSchemes } from './route-rules.ts';

type Shop = { store: Pick<Configuration['store'], 'region'>; routes: Configuration['routes'] };

export function coverageOfShop({ store, routes }: Shop): readonly Coverage[] {
  return coverageOf(
    routes.map((route) => routeSchemes(route, store.region)),
    publishedFormats,
  );
}

const plain = ({ scheme, routeIds }: Coverage['taken'][number]) => ({ scheme, routeIds: [...routeIds] });
const reasonOf = (why: WhyNot | null): WalletView['notTaken'] =>
  why === null ? null : { reason: why.reason, routeIds: [...why.routeIds] };

export function walletsOf(shop: Shop): WalletsView {
  return {
    wallets: coverageOfShop(shop).map(({ system, taken, notTaken, shown, notShown, formats }) => {
      const { name_zh, name_en, note_zh, note_en } = system;
      return {
        name_zh,
        name_en,
        note_zh,
        note_en,
        taken: taken.map(plain),
        notTaken: reasonOf(notTaken),
        shown: shown.map(plain),
        notShown: reasonOf(notShown),
        formats: formats.map(({ scheme, confidence }) => ({ scheme, confidence })),
      };
    }),
  };
}
