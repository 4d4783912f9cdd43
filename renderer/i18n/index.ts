// Words in the till's language, with typed keys. The language is the core's: it comes with the snapshot.
import i18next from 'i18next';
import { initReactI18next, useTranslation } from 'react-i18next';
import type { Language } from '../../contract/snapshot.ts';
import { en } from './en.ts';
import { zh } from './zh.ts';

declare module 'i18next' {
  interface CustomTypeOptions {
    defaultNS: 'words';
    resources: { words: typeof zh };
  }
}

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
