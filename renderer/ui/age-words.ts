// A span of time in the largest unit that says it, in words.
import type { Translate } from '../i18n/index.ts';
import { ageParts } from '../lib/format.ts';

export function ageWords(t: Translate, age_ms: number): string {
  const { unit, count } = ageParts(age_ms);
  return t(`age.${unit}`, { count });
}
