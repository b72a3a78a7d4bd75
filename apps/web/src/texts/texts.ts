import { createContext, use } from 'react';
import { createFormat, type Format } from '../format/format.js';
import { de } from './de.js';
import { en, type Texts } from './en.js';

export type { Texts };

/** The languages of the page. One more is one more file, and a line here. */
export const languages = { en, de } as const satisfies Readonly<Record<string, Texts>>;

export type Language = keyof typeof languages;

/** The texts of the person's language, and how it writes numbers and dates. */
export interface Speech {
  readonly language: Language;
  readonly texts: Texts;
  readonly format: Format;
}

/** @param locale such as `en-GB`, where the person's dates differ from those of the language alone */
export function createSpeech(language: Language, locale: string = language): Speech {
  return { language, texts: languages[language], format: createFormat(locale) };
}

export const SpeechContext = createContext<Speech>(createSpeech('en'));

export function useSpeech(): Speech {
  return use(SpeechContext);
}

export function isLanguage(text: string): text is Language {
  return Object.hasOwn(languages, text);
}

/** The first of the person's languages that the page has, as their browser writes it; else English. */
export function chooseLocale(wanted: readonly string[]): {
  readonly language: Language;
  readonly locale: string;
} {
  for (const locale of wanted) {
    const [language = ''] = locale.toLowerCase().split('-');
    if (isLanguage(language)) return { language, locale };
  }
  return { language: 'en', locale: 'en' };
}
