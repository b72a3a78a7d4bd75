/** One choice of many. */
export interface Choice {
  readonly value: string;
  readonly title: string;
}

/** Languages with their countries in which most campaigns are run. The API takes any other as well. */
const usualLocales = [
  'da-DK',
  'de-AT',
  'de-CH',
  'de-DE',
  'en-AU',
  'en-CA',
  'en-GB',
  'en-US',
  'es-ES',
  'fr-CA',
  'fr-FR',
  'it-IT',
  'ja-JP',
  'nl-NL',
  'pl-PL',
  'pt-BR',
  'sv-SE',
];

/**
 * How mails can write numbers and dates, in words of a language.
 *
 * @param current what is set now, which is among them whatever it is
 */
export function localeChoices(current: string, language: string): readonly Choice[] {
  const names = new Intl.DisplayNames([language], { type: 'language', fallback: 'code' });
  return [...new Set([current, ...usualLocales])]
    .map((value) => ({ value, title: names.of(value) ?? value }))
    .sort((one, other) => one.title.localeCompare(other.title, language));
}

/** @param current what is set now; it and UTC are among them, which some browsers leave out */
export function zoneChoices(current: string): readonly Choice[] {
  return [...new Set(['UTC', current, ...Intl.supportedValuesOf('timeZone')])]
    .sort((one, other) => one.localeCompare(other, 'en'))
    .map((value) => ({ value, title: value.replaceAll('_', ' ') }));
}
