/** Regions that are no countries: unions, and places for tests. */
const noCountries = new Set(['EU', 'EZ', 'UN', 'QO', 'XA', 'XB', 'ZZ']);

/** The ISO 3166 codes of all countries that the browser can name, without those that are history. */
export function countryCodes(): readonly string[] {
  const letters = [...'ABCDEFGHIJKLMNOPQRSTUVWXYZ'];
  const names = new Intl.DisplayNames(['en'], { type: 'region', fallback: 'none' });
  return letters
    .flatMap((first) => letters.map((second) => first + second))
    .filter((code) => !noCountries.has(code) && isOfToday(code) && names.of(code) !== undefined);
}

/** A code of a country that was, such as DD, has another canonical one. */
function isOfToday(code: string): boolean {
  return new Intl.Locale(`und-${code}`).region === code;
}
