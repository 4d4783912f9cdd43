// What the technician reads for each finding and each check. One table per language: a missing text is a type error.
import { checkTitlesEn, findingsEn } from './diagnosis-texts-en.ts';
import { checkTitlesZh, findingsZh } from './diagnosis-texts-zh.ts';

export const findingTexts = { zh: findingsZh, en: findingsEn } as const;
export const checkTitles = { zh: checkTitlesZh, en: checkTitlesEn } as const;
