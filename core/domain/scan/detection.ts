// A code that no rule of any route knows goes to an acquirer that recognises codes by itself, where there is one. Pure.
import { type CodeRule, takes } from './router.ts';

/** The scheme of such a payment: nobody says whose code it is before the acquirer's answer does. */
export const UNKNOWN_SCHEME = 'UNKNOWN';

/** `withheld`: the rules of the wallets that the route does not take. Their codes are known, and do not come to it in disguise. */
export type Detector = { routeId: string; withheld: readonly CodeRule[] };

/** What the till knows of a route now. `autoDetect`: its last echo said that it recognises codes. */
export type DetectingRoute = { autoDetect: boolean; isGood: boolean };

const identityWeights = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2];

/** 居民身份证号码: a day of birth and a right check digit (GB 11643, ISO 7064 MOD 11-2; the tenth of them that end in X are no digits). */
function isIdentityNumber(code: string): boolean {
  if (!/^\d{6}(?:19|20)\d\d(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01])\d{4}$/.test(code)) return false;
  const sum = identityWeights.reduce((so, weight, at) => so + weight * Number(code[at]), 0);
  return (12 - (sum % 11)) % 11 === Number(code[17]);
}

/** Of those that may be asked about this code, the first whose line is good; with none good the first. Null: there is none, or it is a person's number. */
export function detectorFor(
  code: string,
  detectors: readonly Detector[],
  routeNow: (routeId: string) => DetectingRoute,
): string | null {
  if (isIdentityNumber(code)) return null;
  const able = detectors
    .filter(
      ({ routeId, withheld }) => routeNow(routeId).autoDetect && !withheld.some((one) => takes(one, code)),
    )
    .map(({ routeId }) => routeId);
  return able.find((routeId) => routeNow(routeId).isGood) ?? able[0] ?? null;
}
