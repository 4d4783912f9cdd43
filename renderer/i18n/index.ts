// Words in the till's language, with typed keys. The language is the core's: it comes with the snapshot.
import { useCallback } from 'react';
import i18next from 'i18next';
import { initReactI18next, useTranslation } from 'react-i18next';
import type { Language } from '../../contract/snapshot.ts';
import { en } from './en.ts';
import { zh } from './zh.ts';

/** `table.word`, or `table.inner.word`. */
type PathIn<Table> = {
  [Name in keyof Table & string]: Table[Name] extends string ? Name : `${Name}.${PathIn<Table[Name]>}`;
}[keyof Table & string];

/** Typed by our own tables: i18next's own types reach TypeScript's depth at some 600 words. */
export type Translate = (
  key: PathIn<typeof zh>,
  values?: Readonly<Record<string, string | number>>,
) => string;

export function useWords(): Translate {
  const { t } = useTranslation();
  return useCallback<Translate>((key, values) => t(key, values ?? {}), [t]);
}

/** The same outside of a component, in the language that is set now. */
export const translate: Translate = (key, values) => i18next.t(key, values ?? {});

export async function startWords(language: Language): Promise<void> {
  await i18next.use(initReactI18next).init({
    lng: language,
    fallbackLng: false,
    defaultNS: 'words',
    ns: ['words'],
    resources: { zh: { words: zh }, en: { words: en } },
    // React escapes; `count` is a number to show, not a plural form: Chinese has none and ours read well without.
    interpolation: { escapeValue: false },
  });
  await setLanguage(language);
}

export async function setLanguage(language: Language): Promise<void> {
  document.documentElement.lang = language === 'zh' ? 'zh-CN' : 'en';
  await i18next.changeLanguage(language);
}

/** The language on screen, for tables that are kept by language. */
export function useLanguage(): Language {
  const { i18n } = useTranslation();
  return i18n.language === 'en' ? 'en' : 'zh';
}
