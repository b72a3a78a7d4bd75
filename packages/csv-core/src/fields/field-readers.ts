import { quoteForIssue } from '../issue.js';
import type { PledgeStatus } from '../schemas/pledge.js';
import { parseCountry } from '../values/country.js';
import { parseCurrency } from '../values/currency.js';
import { type DateOrder, parseDateTime } from '../values/date.js';
import type { DecimalMark } from '../values/decimal-mark.js';
import { parseEmail } from '../values/email.js';
import { parseCode, parseIdentifier } from '../values/identifier.js';
import { type Money, parseMoney } from '../values/money.js';
import { readPaddedDate } from '../values/padded-date.js';
import { parsePhone } from '../values/phone.js';
import { parseQuantity } from '../values/quantity.js';
import { cleanText } from '../values/text.js';
import type { ValueProblem, ValueResult } from '../values/value-result.js';
import type { CountryValue, Field, FieldValues, StatusValue } from './fields.js';

/** The words of a platform for the state of a payment. */
interface StatusWords {
  /** The platform's name, for people. */
  readonly title: string;
  /** Lower-case. */
  readonly statuses: Readonly<Record<string, PledgeStatus>>;
}

/** What a cell's reading may depend on besides its text. */
export interface ReadContext {
  readonly platform: StatusWords;
  /** ISO 4217 code of the row's currency column, or of the whole file, if either is known. */
  readonly currency: string | null;
  /** How the column writes `03/04/2024`, if that is known. */
  readonly dateOrder: DateOrder | null;
  /** What the file writes before decimals, if that is known. */
  readonly decimalMark: DecimalMark | null;
}

type MappingProblemCode = ValueProblem['code'] | 'unknown_status';

/** As {@link ValueResult}, with the problems that only a platform can find. */
export type FieldResult<T> =
  | ValueResult<T>
  | { readonly ok: false; readonly problem: { readonly code: MappingProblemCode; readonly message: string } };

type FieldReader<T> = (text: string, context: ReadContext) => FieldResult<T>;

const money: FieldReader<Money> = (text, { currency, decimalMark }) =>
  parseMoney(text, { defaultCurrency: currency ?? undefined, decimalMark: decimalMark ?? undefined });

const dateTime: FieldReader<string> = (text, { dateOrder }) => {
  const value = readPaddedDate(text);
  if (value !== null) return { ok: true, value };
  return parseDateTime(text, dateOrder === null ? {} : { order: dateOrder });
};

/** An unreadable country never rejects a row: the text is kept beside the empty code. */
const country: FieldReader<CountryValue> = (text) => {
  const clean = cleanText(text);
  if (!clean.ok) return clean;
  const read = parseCountry(clean.value);
  if (read.ok) return { ok: true, value: { code: read.value, raw: null } };
  return { ok: true, value: { code: null, raw: clean.value }, warning: clean.warning ?? read.problem };
};

/** Words that an error tells; the common ones come first. */
const maxToldWords = 25;

const status: FieldReader<StatusValue> = (text, { platform }) => {
  const clean = cleanText(text);
  if (!clean.ok) return clean;
  const word = clean.value.toLowerCase().replace(/[\s_-]+/g, ' ');
  const known = Object.hasOwn(platform.statuses, word) ? platform.statuses[word] : undefined;
  if (known) return { ok: true, value: { status: known, raw: clean.value } };
  const words = Object.keys(platform.statuses)
    .slice(0, maxToldWords)
    .sort((a, b) => a.localeCompare(b))
    .join(', ');
  const message = `"${quoteForIssue(clean.value)}" is no payment status that ${platform.title} files use. Known words: ${words}.`;
  return { ok: false, problem: { code: 'unknown_status', message } };
};

/** Whether the field holds dates. */
export function isDateField(field: Field): boolean {
  return fieldReaders[field] === dateTime;
}

/** Whether a cell of the field is read by the currency of its row. */
export function readsCurrency(field: Field): boolean {
  return fieldReaders[field] === money;
}

/** How the cells of each field are read. The compiler asks for a reader when a field is added. */
export const fieldReaders: { readonly [F in Field]: FieldReader<FieldValues[F]> } = {
  externalId: parseIdentifier,
  originPlatform: cleanText,
  originExternalId: parseIdentifier,
  backerExternalId: parseIdentifier,
  backerName: cleanText,
  firstName: cleanText,
  lastName: cleanText,
  email: parseEmail,
  billingState: cleanText,
  billingCountry: country,
  status,
  amount: money,
  shippingAmount: money,
  bonusAmount: money,
  currency: parseCurrency,
  pledgedAt: dateTime,
  fulfillment: cleanText,
  notes: cleanText,
  rewardId: parseIdentifier,
  rewardTitle: cleanText,
  rewardPrice: money,
  productSku: parseIdentifier,
  productName: cleanText,
  productPrice: money,
  quantity: parseQuantity,
  surveyAnsweredAt: dateTime,
  shippingName: cleanText,
  shippingAddress1: cleanText,
  shippingAddress2: cleanText,
  shippingCity: cleanText,
  shippingState: cleanText,
  shippingPostalCode: parseCode,
  shippingCountry: country,
  shippingPhone: parsePhone,
  deliveryNotes: cleanText,
};
