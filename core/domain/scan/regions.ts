// Where a wallet is taken: by the shop's administrative division (six digits) and the beginnings of such numbers. Pure data and its look-up.

/** Of a scheme: the divisions where it is taken, each by its first two, four or six digits; `all`: everywhere, by an explicit word. */
export type Regions = Readonly<Record<string, 'all' | readonly string[]>>;

/**
 * Schemes that are not taken everywhere. e-CNY by code is a pilot of two regions, Zhejiang (33) and the city of Chengdu (5101): payments 7.
 * What a contract says otherwise stands in the route's own `regions`.
 */
const pilotRegions: Regions = { ECNY: ['33', '5101'] };

/** `region` null: the shop has not told where it is, and only the acquirer can say no. */
export function isTakenIn(region: string | null, scheme: string, own: Regions): boolean {
  if (region === null) return true;
  const where = own[scheme] ?? pilotRegions[scheme] ?? 'all';
  return where === 'all' || where.some((division) => region.startsWith(division));
}
