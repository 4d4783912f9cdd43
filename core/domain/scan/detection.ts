// A code that no rule of any route knows goes to an acquirer that recognises codes by itself, where there is one. Pure.
import { type CodeRule, takes } from './router.ts';

/** The scheme of such a payment: nobody says whose code it is before the acquirer's answer does. */
export const UNKNOWN_SCHEME = 'UNKNOWN';

/** `withheld`: the rules of the wallets that the route does not take. Their codes are known, and do not come to it in disguise. */
export type Detector = { routeId: string; withheld: readonly CodeRule[] };

/** What the till knows of a route now. `autoDetect`: its last echo said that it recognises codes. */
export type DetectingRoute = { autoDetect: boolean; isGood: boolean };

/** Of those that may be asked about this code, the first whose line is good; with none good the first. Null: there is none. */
export function detectorFor(
  code: string,
  detectors: readonly Detector[],
  routeNow: (routeId: string) => DetectingRoute,
): string | null {
  const able = detectors
    .filter(
      ({ routeId, withheld }) => routeNow(routeId).autoDetect && !withheld.some((one) => takes(one, code)),
    )
    .map(({ routeId }) => routeId);
  return able.find((routeId) => routeNow(routeId).isGood) ?? able[0] ?? null;
}
