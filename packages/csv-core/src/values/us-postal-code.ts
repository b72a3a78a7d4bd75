/** The states whose zips begin with a zero, and their first digits behind it. */
const ZERO_STATES: Readonly<Record<string, string>> = {
  CT: '6',
  MA: '125',
  ME: '34',
  NH: '3',
  NJ: '78',
  NY: '56',
  PR: '069',
  RI: '2',
  VI: '08',
  VT: '5',
  AE: '9',
};

const STATE_NAMES: ReadonlyMap<string, string> = new Map([
  ['CONNECTICUT', 'CT'],
  ['MASSACHUSETTS', 'MA'],
  ['MAINE', 'ME'],
  ['NEW HAMPSHIRE', 'NH'],
  ['NEW JERSEY', 'NJ'],
  ['NEW YORK', 'NY'],
  ['PUERTO RICO', 'PR'],
  ['RHODE ISLAND', 'RI'],
  ['VERMONT', 'VT'],
  ['VIRGIN ISLANDS', 'VI'],
  ['U.S. VIRGIN ISLANDS', 'VI'],
  ['ARMED FORCES EUROPE', 'AE'],
]);

/** 501 and 544 are Holtsville in New York; 6 to 9 with three digits are Puerto Rico and the Virgin Islands. */
const CUT_ZIP = /^(?:501|544|[6-9]\d{2}|[1-9]\d{3})$/;
const PARTS = /^(\d{3,4})(?:[- ](\d{4}))?$/;
/** ZIP+4 without its hyphen. */
const GLUED = /^([1-9]\d{3})(\d{4})$/;
/** Territories that have zips of the United States and codes of their own. */
const ZERO_COUNTRIES = new Set(['US', 'PR', 'VI']);
/** Other countries whose postal codes always have five digits, and begin with a zero in some regions. */
const FIVE_DIGITS = new Set(['DE', 'ES', 'FI', 'FR', 'IT', 'MX']);

/** The parts of an address that tell where its postal code is. */
export interface PostalPlace {
  /** ISO 3166 code; null when it is not known. */
  readonly country: string | null;
  readonly state: string | null;
}

/** `mended`: the code with its zeros; `doubtful`: zeros are probably missing; null: nothing is wrong. */
export type CutPostalCode = { readonly mended: string } | 'doubtful' | null;

/**
 * Finds a postal code that a spreadsheet took for a number, so that its leading zeros are lost: 2108 in Massachusetts.
 * Without a country the state has to say where it is, because many countries have codes of four digits.
 */
export function findCutPostalCode(code: string, { country, state }: PostalPlace): CutPostalCode {
  if (code.length < 3 || code.length > 9) return null;
  const parts = PARTS.exec(code) ?? (isAmerican(country) ? GLUED.exec(code) : null);
  if (parts === null) return null;
  const [, zip = '', extension] = parts;
  if (country !== null && FIVE_DIGITS.has(country))
    return zip.length === 4 && extension === undefined ? 'doubtful' : null;
  if (country !== null && !isAmerican(country)) return null;
  const digits = state === null ? undefined : firstDigits(state);
  const full = zip.padStart(5, '0');
  const fits =
    CUT_ZIP.test(zip) && (digits?.includes(full.charAt(1)) ?? (country !== null && isBlankState(state)));
  if (fits) return { mended: extension === undefined ? full : `${full}-${extension}` };
  return country === null ? null : 'doubtful';
}

function isAmerican(country: string | null): boolean {
  return country !== null && ZERO_COUNTRIES.has(country);
}

function isBlankState(state: string | null): boolean {
  return state === null || state.trim() === '';
}

function firstDigits(state: string): string | undefined {
  const name = state.trim().toUpperCase();
  const abbreviation = STATE_NAMES.get(name) ?? name;
  return Object.hasOwn(ZERO_STATES, abbreviation) ? ZERO_STATES[abbreviation] : undefined;
}
