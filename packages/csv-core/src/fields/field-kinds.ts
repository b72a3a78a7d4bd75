import { quoteForIssue } from '../issue.js';
import type { PledgeStatus } from '../schemas/pledge.js';
import { parseBoolean } from '../values/boolean.js';
import { parseCountry } from '../values/country.js';
import { parseCurrency } from '../values/currency.js';
import { type DateOrder, parseDateTime } from '../values/date.js';
import { readSerialDate, readUnixTime } from '../values/date-number.js';
import type { DecimalMark } from '../values/decimal-mark.js';
import { type Email, parseEmail } from '../values/email.js';
import { parseCode, parseIdentifier } from '../values/identifier.js';
import { type Money, parseMoney } from '../values/money.js';
import { readPaddedDate } from '../values/padded-date.js';
import { parsePhone } from '../values/phone.js';
import { parseQuantity } from '../values/quantity.js';
import { cleanText } from '../values/text.js';
import type { ValueProblem, ValueResult } from '../values/value-result.js';

/** The value of a country cell: its code, or its text when that could not be read as a country. */
export interface CountryValue {
  readonly code: string | null;
  readonly raw: string | null;
}

/** The status of a row, and the word that the file writes for it; null when another column says it. */
export interface StatusValue {
  readonly status: PledgeStatus;
  readonly raw: string | null;
}

/** The words of a platform for the payment status. */
export interface StatusWords {
  /** The platform's name, for people. */
  readonly title: string;
  /** Words in lower case. */
  readonly statuses: Readonly<Record<string, PledgeStatus>>;
}

/** What reading a cell may depend on, besides its text. */
export interface ReadContext {
  readonly platform: StatusWords;
  /** ISO 4217 code from the row's currency column, or of the whole file; null when neither is known. */
  readonly currency: string | null;
  /** The order of day and month in the column; null when it is not known. */
  readonly dateOrder: DateOrder | null;
  /** The decimal mark of the file; null when it is not known. */
  readonly decimalMark: DecimalMark | null;
  /** Whether the file is a workbook, in which a number in a column of dates can only be a date. */
  readonly serialDates: boolean;
}

type MappingProblemCode = ValueProblem['code'] | 'unknown_status';

/** A {@link ValueResult} that may also have problems which depend on the platform. */
export type FieldResult<T> =
  | ValueResult<T>
  | { readonly ok: false; readonly problem: { readonly code: MappingProblemCode; readonly message: string } };

/** Reads a filled cell. */
export type FieldReader<T> = (text: string, context: ReadContext) => FieldResult<T>;

/** The kind of a field's values, with the function that reads a cell. */
export interface FieldKind<T> {
  readonly name: string;
  readonly read: FieldReader<T>;
}

const readMoney: FieldReader<Money> = (text, { currency, decimalMark }) =>
  parseMoney(text, { defaultCurrency: currency ?? undefined, decimalMark: decimalMark ?? undefined });

const readDateTime: FieldReader<string> = (text, { dateOrder, serialDates }) => {
  const value = readPaddedDate(text);
  if (value !== null) return { ok: true, value };
  const read = parseDateTime(text, dateOrder === null ? {} : { order: dateOrder });
  if (read.ok) return read;
  const number = readUnixTime(text.trim()) ?? (serialDates ? readSerialDate(text.trim()) : null);
  return number === null ? read : { ok: true, value: number };
};

/** Whether something has happened: `yes`, `1` or a date says so, `no` or `0` denies it. */
const readEvent: FieldReader<boolean> = (text) => {
  const answer = parseBoolean(text);
  if (answer.ok) return answer;
  const date = parseDateTime(text);
  // Any date will do, so its order of day and month does not matter.
  if (date.ok || date.problem.code === 'ambiguous_date') return { ok: true, value: true };
  const message = `"${quoteForIssue(text)}" is neither a date nor yes or no, so nobody can tell whether it has happened. Correct the cell.`;
  return { ok: false, problem: { code: 'invalid_boolean', message } };
};

/** A country that cannot be read does not reject the row: the text is kept, and the code is null. */
const readCountry: FieldReader<CountryValue> = (text) => {
  const clean = cleanText(text);
  if (!clean.ok) return clean;
  const read = parseCountry(clean.value);
  if (read.ok) return { ok: true, value: { code: read.value, raw: null } };
  return { ok: true, value: { code: null, raw: clean.value }, warning: clean.warning ?? read.problem };
};

/** How many known words the message lists. The first words of every platform are the common ones. */
const maxListedWords = 25;

/** Nothing is known of the file. */
export const noContext: ReadContext = {
  platform: { title: '', statuses: {} },
  currency: null,
  dateOrder: null,
  decimalMark: null,
  serialDates: false,
};

/** The platform's words for the payment status, and those that a person has taught. */
export function teachWords(
  { title, statuses }: StatusWords,
  values: Readonly<Record<string, PledgeStatus>>,
): StatusWords {
  const taught = Object.entries(values).map(([word, status]) => [statusWord(word), status]);
  return { title, statuses: { ...statuses, ...Object.fromEntries(taught) } };
}

/** A word for the payment status as it is compared: in lower case, with one blank between its words. */
export function statusWord(text: string): string {
  return text
    .trim()
    .toLowerCase()
    .replace(/[\s_-]+/g, ' ');
}

const readStatus: FieldReader<StatusValue> = (text, { platform }) => {
  const clean = cleanText(text);
  if (!clean.ok) return clean;
  const word = statusWord(clean.value);
  const known = Object.hasOwn(platform.statuses, word) ? platform.statuses[word] : undefined;
  if (known) return { ok: true, value: { status: known, raw: clean.value } };
  const words = Object.keys(platform.statuses)
    .slice(0, maxListedWords)
    .sort((a, b) => a.localeCompare(b))
    .join(', ');
  const message = `"${quoteForIssue(clean.value)}" is no payment status that ${platform.title} files use. Known words: ${words}.`;
  return { ok: false, problem: { code: 'unknown_status', message } };
};

/** A number or code that identifies something: a key in the tables. */
export const identifier: FieldKind<string> = { name: 'identifier', read: parseIdentifier };
/** Digits and letters that keep leading zeros, such as a postal code. */
export const code: FieldKind<string> = { name: 'code', read: parseCode };
/** Text of one line, such as a name, of at most `maxLineLength`. */
export const line: FieldKind<string> = { name: 'line', read: cleanText };
/** Text of any number of lines, together of at most `maxTextLength`. */
export const text: FieldKind<string> = { name: 'text', read: cleanText };
export const email: FieldKind<Email> = { name: 'email', read: parseEmail };
export const phone: FieldKind<string> = { name: 'phone', read: parsePhone };
/** An amount with its currency, which may be in a column of its own. */
export const money: FieldKind<Money> = { name: 'money', read: readMoney };
/** The ISO 4217 code of a currency column. */
export const currency: FieldKind<string> = { name: 'currency', read: parseCurrency };
export const country: FieldKind<CountryValue> = { name: 'country', read: readCountry };
/** Whether something has happened, by a yes or a date. */
export const event: FieldKind<boolean> = { name: 'event', read: readEvent };
export const dateTime: FieldKind<string> = { name: 'dateTime', read: readDateTime };
export const status: FieldKind<StatusValue> = { name: 'status', read: readStatus };
export const quantity: FieldKind<number> = { name: 'quantity', read: parseQuantity };
