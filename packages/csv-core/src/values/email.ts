import { bareText } from './bare-text.js';
import type { ValueProblem, ValueResult } from './value-result.js';

export interface Email {
  /** The address as written. */
  readonly email: string;
  /** Lower-cased and NFC: two spellings of one address share it. Dots and `+tags` stay: they matter to most servers. */
  readonly identity: string;
}

/** Characters in an address, from the limit of a mail path (RFC 5321, section 4.5.3.1.3, without its brackets). */
const MAX_LENGTH = 254;

/** `Ada <ada@example.com>` and `mailto:ada@example.com`, as mail programs copy an address. */
const NAMED = /^[^<>@]*<([^<>]*)>$/;
const LINK = /^mailto:/i;

/** Longest text that is looked at: an address with a name beside it. */
const MAX_TEXT = 1_000;

const COMMON = /^[A-Za-z0-9._%+-]{1,64}@(?:[A-Za-z0-9-]{1,63}\.)+[A-Za-z]{2,63}$/;
// Dots may stand anywhere before the @: old Japanese carrier addresses have them doubled and at the end.
// Beyond ASCII the name may hold letters, marks and digits (RFC 6531); separators and controls never.
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
 * An e-mail address: one @, a name without blanks, a domain with a dot. International addresses pass; quoted names,
 * comments and IP addresses, which RFC 5321 allows and no backer has, do not. Taken out of what a mail program puts
 * around it: `Ada <…>`, `mailto:`.
 *
 * @returns `invalid_email`; warns `relay_email` for Apple's "Hide My Email"
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
  // More than one guard of spreadsheets: read again, an address must give itself. Unless it is the whole name.
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
