// What till or bill says of a difference, in the language of the screen. Older comparisons have one text, which stands as it is.
import type { Said } from '../../../contract/reconciliation.ts';
import type { Language } from '../../../contract/snapshot.ts';

export function saidText(said: readonly Said[] | string, language: Language): string {
  if (typeof said === 'string') return said;
  return said.map(({ words, facts }) => `${words[language]} ${facts}`.trim()).join('; ') || '-';
}
