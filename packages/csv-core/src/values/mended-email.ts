import { parseEmail } from './email.js';

/** An address that was found in a cell that is no e-mail address as a whole. */
export interface MendedEmail {
  readonly email: string;
  /** How many other addresses the cell has. */
  readonly others: number;
}

/** An address as nearly all cells have it. It needs no mending. */
const PLAIN = /^[\w.+%-]+@[\w-]+(?:\.[\w-]+)*\.[A-Za-z]{2,63}$/;
const ADDRESS = /[^\s<>,;|"“”„‘’«»()[\]]+@[^\s<>,;|"“”„‘’«»()[\]]+/g;
const DEBRIS_BEFORE = /^['`´.:]+/;
const DEBRIS_AFTER = /['`´.:!?]+$/;
/** What may stand around one address: quotes, brackets and punctuation, but no other text. */
const ONLY_DEBRIS = /^[\s<>,;|"“”„‘’«»()[\].:'`´!?]*$/;
const MAX_LENGTH = 1_000;

/** Whether a cell is an address that needs no mending, as nearly all are. */
export function isPlainEmail(text: string): boolean {
  return PLAIN.test(text);
}

/**
 * Finds the address in a cell with debris: punctuation or quotes around it, or several addresses, of which the first
 * counts. Null when the cell can be read as it is, or has other text, so that nobody knows what is meant.
 */
export function mendEmail(text: string): MendedEmail | null {
  if (PLAIN.test(text) || text.length > MAX_LENGTH || parseEmail(text).ok) return null;
  const found = text.match(ADDRESS);
  if (found === null) return null;
  const addresses = found.map((address) => address.replace(DEBRIS_BEFORE, '').replace(DEBRIS_AFTER, ''));
  const [email] = addresses;
  if (email === undefined || !addresses.every((address) => parseEmail(address).ok)) return null;
  if (addresses.length === 1 && !ONLY_DEBRIS.test(text.replace(ADDRESS, ''))) return null;
  const different = new Set(addresses.map((address) => address.toLowerCase()));
  return { email, others: different.size - 1 };
}
