import { bareText } from './bare-text.js';
import type { ValueProblem, ValueResult } from './value-result.js';

export interface Email {
  /** The address as written. */
  readonly email: string;
  /**
   * In lower case and NFC, so that two spellings of one address have the same identity. Dots and `+tags` are kept,
   * because for most mail servers they make another address.
   */
  readonly identity: string;
}

/** Longest address: the limit of a mail path (RFC 5321, section 4.5.3.1.3) without its angle brackets. */
const MAX_LENGTH = 254;

/** `Ada <ada@example.com>` and `mailto:ada@example.com`, as mail programs copy an address. */
const NAMED = /^[^<>@]*<([^<>]*)>$/;
const LINK = /^mailto:/i;

/** Longest text that is searched for an address with a name beside it. */
const MAX_TEXT = 1_000;

const COMMON = /^[A-Za-z0-9._%+-]{1,64}@(?:[A-Za-z0-9-]{1,63}\.)+[A-Za-z]{2,63}$/;
// Dots may stand anywhere before the @, because old addresses of Japanese carriers have them doubled and at the end.
// Beyond ASCII, letters, combining marks and digits are allowed (RFC 6531), but no separators and control characters.
const LOCAL_PART = /^[\p{L}\p{M}\p{N}.!#$%&'*+/=?^_`{|}~-]{1,64}$/u;
const DOMAIN_LABEL = /^[\p{L}\p{N}](?:[\p{L}\p{M}\p{N}-]{0,61}[\p{L}\p{M}\p{N}])?$/u;
const ALL_DIGITS = /^\d+$/;

const INVALID_EMAIL: ValueResult<never> = {
  ok: false,
  problem: {
    code: 'invalid_email',
    message: 'This is not an e-mail address. Write it like name@example.com.',
  },
};

const RELAY_DOMAIN = '@privaterelay.appleid.com';
const RELAY_EMAIL: ValueProblem = {
  code: 'relay_email',
  message:
    'This is an Apple relay address: mail reaches the person, but other platforms know them by another address.',
};

/**
 * An e-mail address: one @, a local part without blanks, a domain with a dot. International addresses are accepted.
 * Quoted local parts, comments and IP addresses, which RFC 5321 allows but no backer has, are not. What a mail program
 * writes around an address is removed: `Ada <…>`, `mailto:`.
 *
 * @returns `invalid_email` for anything else; warns `relay_email` for Apple's "Hide My Email"
 */
export function parseEmail(text: string): ValueResult<Email> {
  const isCommon = text.length <= MAX_LENGTH && COMMON.test(text);
  const email = isCommon ? text : unwrap(text);
  const isAddress = isCommon ? !hasBadHyphen(domainOf(email)) : isUncommonAddress(email);
  if (!isAddress) return INVALID_EMAIL;
  const value = { email, identity: email.toLowerCase().normalize('NFC') };
  return value.identity.endsWith(RELAY_DOMAIN)
    ? { ok: true, value, warning: RELAY_EMAIL }
    : { ok: true, value };
}

function unwrap(text: string): string {
  if (text.length > MAX_TEXT) return text;
  const bare = bareText(text);
  const address = (NAMED.exec(bare)?.[1] ?? bare).trim().replace(LINK, '');
  // All leading apostrophes are removed, so that reading the result again gives the same address. An apostrophe that
  // is the whole local part stays.
  const unguarded = address.replace(/^'+/, '');
  return unguarded.startsWith('@') ? text : unguarded;
}

function isUncommonAddress(email: string): boolean {
  if (email.length > MAX_LENGTH) return false;
  const at = email.indexOf('@');
  const labels = domainOf(email).split('.');
  const topLevel = labels.at(-1) ?? '';
  return (
    at > 0 &&
    LOCAL_PART.test(email.slice(0, at)) &&
    labels.length > 1 &&
    labels.every((label) => DOMAIN_LABEL.test(label)) &&
    topLevel.length > 1 &&
    !ALL_DIGITS.test(topLevel)
  );
}

function domainOf(email: string): string {
  return email.slice(email.indexOf('@') + 1);
}

function hasBadHyphen(domain: string): boolean {
  return domain.startsWith('-') || domain.includes('-.') || domain.includes('.-');
}
