import { useSyncExternalStore } from 'react';
import { chooseLocale, createSpeech, isLanguage, type Language, type Speech } from './texts.js';

/** The language is all that the page keeps in the browser. */
const KEY = 'pledgeline.language';

const listeners = new Set<() => void>();

function readSpeech(): Speech {
  const chosen = localStorage.getItem(KEY) ?? '';
  const fitting = chooseLocale(navigator.languages);
  if (!isLanguage(chosen) || chosen === fitting.language)
    return createSpeech(fitting.language, fitting.locale);
  return createSpeech(chosen);
}

let current: Speech | null = null;

const speak = (): Speech => {
  current ??= readSpeech();
  return current;
};

/** The speech of the person: as they chose here, else as their browser says. */
export function useChosenSpeech(): Speech {
  return useSyncExternalStore((onChange) => {
    listeners.add(onChange);
    return () => listeners.delete(onChange);
  }, speak);
}

export function chooseLanguage(language: Language): void {
  localStorage.setItem(KEY, language);
  current = readSpeech();
  for (const listener of listeners) listener();
}
