// Coverage in English words: for docs/coverage.md and `yima config coverage`.
import type { Coverage, WhyNot } from '../../core/domain/scan/coverage.ts';

type Ways = Coverage['taken'];

export function waysText(ways: Ways): string {
  return ways.map(({ scheme, routeIds }) => `${scheme} by ${routeIds.join(', ')}`).join('; ');
}

export function whyNotText({ reason, routeIds }: WhyNot, { schemes, scans }: Coverage['system']): string {
  const by = routeIds.join(', ');
  switch (reason) {
    case 'region':
      return `not where the shop is (${by})`;
    case 'passiveOff':
      return `passive scan is not enabled (${by})`;
    case 'mainOff':
      return `main scan is not enabled (${by})`;
    case 'noFormat':
      return 'its codes follow no published format, so that no rule knows them';
    case 'detection':
      return `no rule knows its codes; they are handed to the acquirer's own detection (${by}), which may take them or not`;
    case 'noSource':
      return 'no source says whose codes its app scans';
    case 'noContract':
      return `no route has a contract for ${schemes.join(' or ')}`;
    case 'noCode':
      return `no route shows a code of ${scans.join(' or ')}`;
  }
}

/** H, M or L of each format that a rule knows: `UNIONPAY H, JD M`. */
export function confidenceText({ formats }: Coverage): string {
  return formats.length === 0
    ? 'no rule'
    : formats.map(({ scheme, confidence }) => `${scheme} ${confidence ?? 'own rule'}`).join(', ');
}
