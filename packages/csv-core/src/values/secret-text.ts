import { bareText } from './bare-text.js';

/** What a cell seems to hold that must never be stored. */
export type SecretText = 'ip-address' | 'bank-account' | 'card-number' | 'token-link';

const MAYBE = /^[\da-fA-FhA-Z:]/;
/** All of them have a digit or a colon, which may be full-width. Most texts have neither, and need no further look. */
const DIGIT_OR_COLON = /[\d:\uff10-\uff1a]/;
const IPV4 = /^(?:(?:25[0-5]|2[0-4]\d|1?\d?\d)\.){3}(?:25[0-5]|2[0-4]\d|1?\d?\d)(?::\d{1,5})?$/;
/** At least two colons, and only groups of hexadecimal digits, or the end as IPv4 (RFC 4291, section 2.2). */
const IPV6 = /^(?=(?:[^:]*:){2})[\da-f]{0,4}(?::[\da-f]{0,4}){2,7}(?:(?:\.\d{1,3}){3})?$/i;
const CLOCK = /^\d{1,2}:\d{2}:\d{2}$/;
/** ISO 13616: country, two check digits, and up to 30 letters and digits. */
const IBAN = /^[A-Z]{2}\d{2}[A-Z\d]{11,30}$/;
/** ISO/IEC 7812: numbers of the card brands have 15 or 16 digits and begin with 2 to 6. */
const CARD = /^[2-6]\d{14,15}$/;
/** The end of a link that only its owner knows: letters and digits that make no words. */
const TOKEN = /(?:[/=])((?=[\w-]*\d)(?=[\w-]*[a-z])(?:\w{8,}|[\da-f]{8}(?:-[\da-f]{4}){3}-[\da-f]{12}))\/?$/i;

/** Which kind of secret a cell seems to hold; null for any other cell. A card number may also be another long number. */
export function secretText(cell: string): SecretText | null {
  if (cell.length < 3 || cell.length > 500 || !DIGIT_OR_COLON.test(cell)) return null;
  if (!MAYBE.test(cell.trimStart())) return null;
  const text = bareText(cell);
  if (/^https:\/\//i.test(text)) return TOKEN.test(text) ? 'token-link' : null;
  if (IPV4.test(text) || (IPV6.test(text) && !CLOCK.test(text))) return 'ip-address';
  const joined = text.replace(/[ -]/g, '');
  if (IBAN.test(joined) && hasIbanChecksum(joined)) return 'bank-account';
  return CARD.test(joined) && hasLuhnChecksum(joined) ? 'card-number' : null;
}

/** ISO 7064, modulo 97-10: letters count from 10 to 35. */
function hasIbanChecksum(iban: string): boolean {
  let rest = 0;
  for (const sign of iban.slice(4) + iban.slice(0, 4)) {
    const value = Number.parseInt(sign, 36);
    rest = (rest * (value > 9 ? 100 : 10) + value) % 97;
  }
  return rest === 1;
}

/** ISO/IEC 7812-1, annex B. */
function hasLuhnChecksum(digits: string): boolean {
  let sum = 0;
  for (const [at, sign] of [...digits].reverse().entries()) {
    const value = at % 2 === 0 ? Number(sign) : 2 * Number(sign);
    sum += value > 9 ? value - 9 : value;
  }
  return sum % 10 === 0;
}
