import type { ReactNode } from 'react';
import { chooseLanguage } from '../texts/language-store.js';
import { isLanguage, languages, useSpeech } from '../texts/texts.js';

export function LanguageChoice(): ReactNode {
  const { language, texts } = useSpeech();
  return (
    <label className="field small">
      <span className="quiet">{texts.languageLabel}</span>
      <select
        value={language}
        onChange={({ target }) => isLanguage(target.value) && chooseLanguage(target.value)}
      >
        {Object.entries(languages).map(([name, { language: title }]) => (
          <option key={name} value={name} lang={name}>
            {title}
          </option>
        ))}
      </select>
    </label>
  );
}
