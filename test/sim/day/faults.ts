// Which of the counts are faults: of what an acquirer does in a day only what a till would rather not meet.
import type { Tally } from './tally.ts';

const sections = ['line', 'disk', 'kill', 'scanner', 'printer', 'clock'];
const ofHost: ReadonlySet<string> = new Set([
  'acceptedThenFailed',
  'closeRefused',
  'configurationError',
  'customerNeverAnswers',
  'deferredDecline',
  'notFoundOnce',
  'notKept',
  'refundFailsLater',
  'refundRefused',
  'suspended',
  'systemErrorAndFailed',
  'systemErrorButPaid',
  'voidRefused',
]);

function isFault(kind: string): boolean {
  const [section = '', name = ''] = kind.split('.', 2);
  if (kind.startsWith('restore.left.')) return true;
  return section === 'host' ? ofHost.has(name) : sections.includes(section);
}

export function faultsIn({ counts }: Pick<Tally, 'counts'>): { kinds: number; count: number } {
  const found = [...counts].filter(([kind]) => isFault(kind));
  return { kinds: found.length, count: found.reduce((sum, [, count]) => sum + count, 0) };
}
