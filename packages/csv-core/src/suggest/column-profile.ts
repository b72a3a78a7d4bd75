import type { CellTrait, ColumnProfile } from '../fields/column-profile.js';
import { platforms } from '../platforms/index.js';
import { bareText } from '../values/bare-text.js';
import { parseBoolean } from '../values/boolean.js';
import { parseCountry } from '../values/country.js';
import { parseCurrency } from '../values/currency.js';
import { parseDateTime } from '../values/date.js';
import { parseEmail } from '../values/email.js';
import { parseMoney } from '../values/money.js';
import { parseQuantity } from '../values/quantity.js';
import type { ColumnCells } from './column-cells.js';

/** A longer cell, in UTF-16 units, is a long text and is not examined further. */
const MAX_LENGTH = 300;
const LONG_TEXT = 60;
/** Longest yes, no or count, in UTF-16 units. */
const MAX_WORD = 12;
/** Longest currency code or sign, in UTF-16 units. */
const MAX_SIGN = 5;
/** Shortest date, in UTF-16 units. */
const SHORTEST_DATE = 6;
/** If none of this many different texts is a country, the column has no countries. */
const MAX_COUNTRY_TRIALS = 12;

/** Texts that are not amounts: with a word longer than any currency, or too long. This saves a call of `parseMoney`. */
const NO_MONEY = /\p{L}{6}|^.{41}/u;
/** Two decimals, or a letter or sign beside the number. */
const PRICE = /[.,]\d{2}$|[^\d\s.,-]/;
const PHONE = /^(?:\+|00)?[\d\s().\-/]{6,24}(?:\s?(?:x|ext\.?)\s?\d{1,6})?$/i;
const POSTAL_CODE = /^(?=.*\d)(?:[A-Z]{1,2}-?)?[A-Z0-9]{2,5}(?:[ -][A-Z0-9]{2,4})?$/i;
const JAPANESE_POSTAL_CODE = /^〒?\d{3}-?\d{4}$/;
const CODE = /^(?=.*\d)[\p{L}\p{N}#._/:-]{1,40}$/u;
const WORD = /^\p{L}[\p{L}\p{M}'’.-]*$/u;
const PERSON = /^\p{L}[\p{L}\p{M}'’.-]*(?:[ 　・]\p{L}[\p{L}\p{M}'’.-]*){1,3}$/u;
/** Applied only to cells with a digit. */
const STREET = /\p{L}{2}[\s\S]*[\s,]|[\s,][\s\S]*\p{L}{2}/u;
const IDEOGRAPHIC_STREET = /(?=.*[\p{Script=Han}\p{Script=Hangul}]{3})(?=.*[\d丁目番])/u;
const LINK = /^(?:https?:\/\/|www\.)/i;

/** The words of all platforms for the payment status, also those of lists that people keep by hand. */
const STATUS_WORDS = new Set([...platforms.flatMap((platform) => Object.keys(platform.statuses))]);
const FULFILLMENT_WORDS = new Set(
  wordList(`
    fulfilled, unfulfilled, shipped, unshipped, not shipped, sent, not sent, delivered, dispatched, packed, partial,
    partially fulfilled, returned, in transit, ready to ship; versendet, verschickt, geliefert; expédié, livré; enviado,
    entregado; entregue; spedito, consegnato; verzonden, geleverd; wysłano, dostarczono; 発送済, 発送済み, 未発送;
    已发货, 未发货; 배송완료, 배송중`),
);

function wordList(list: string): readonly string[] {
  return list.split(/[,;]/).map((word) => word.trim());
}

/** Profiles columns. Examines each different text only once. */
export interface Profiler {
  readonly profile: (cells: ColumnCells) => ColumnProfile;
}

export function createProfiler(): Profiler {
  const known = new Map<string, readonly CellTrait[]>();
  const traitsOf = (cell: string): readonly CellTrait[] => {
    const earlier = known.get(cell);
    if (earlier) return earlier;
    const traits = readTraits(cell);
    known.set(cell, traits);
    return traits;
  };
  return { profile: (cells) => profileColumn(cells, traitsOf) };
}

function profileColumn(
  { rows, filled, texts }: ColumnCells,
  traitsOf: (cell: string) => readonly CellTrait[],
): ColumnProfile {
  const counts = new Map<CellTrait, number>();
  for (const [cell, times] of texts) {
    for (const trait of traitsOf(cell)) counts.set(trait, (counts.get(trait) ?? 0) + times);
  }
  counts.set('country', countCountries(texts));
  const count = (trait: CellTrait) => counts.get(trait) ?? 0;
  return {
    rows,
    filled,
    distinct: new Set([...texts.keys()].map((cell) => cell.trim())).size,
    count,
    share: (trait) => (filled === 0 ? 0 : count(trait) / filled),
  };
}

/**
 * Counts countries apart from the other traits. Looking up texts that are not countries is slow, so this gives up soon
 * in a column without countries.
 */
function countCountries(texts: ReadonlyMap<string, number>): number {
  let tried = 0;
  let found = 0;
  for (const [cell, times] of texts) {
    if (found === 0 && tried >= MAX_COUNTRY_TRIALS) return 0;
    tried += 1;
    const mayBe = cell.length <= 60 && !/[\d@]/.test(cell);
    if (mayBe && parseCountry(cell).ok) found += times;
  }
  return found;
}

function readTraits(cell: string): readonly CellTrait[] {
  if (cell.length > MAX_LENGTH) return ['longText'];
  const text = bareText(cell);
  if (text.includes('@') && parseEmail(text).ok) return ['email'];
  const traits: CellTrait[] = /\d/.test(text) ? readDigits(text) : readLetters(text);
  if (text.length <= MAX_WORD && parseBoolean(text).ok) traits.push('yesNo');
  if (text.length > LONG_TEXT) traits.push('longText');
  if (LINK.test(text)) traits.push('link');
  return traits;
}

/** Traits of a cell without a digit. */
function readLetters(text: string): CellTrait[] {
  const traits: CellTrait[] = [];
  const word = text.toLowerCase().replace(/[\s_-]+/g, ' ');
  if (text.length <= MAX_SIGN && parseCurrency(text).ok) traits.push('currency');
  if (WORD.test(text)) traits.push('word');
  if (PERSON.test(text)) traits.push('personName');
  if (STATUS_WORDS.has(word)) traits.push('statusWord');
  if (FULFILLMENT_WORDS.has(word)) traits.push('fulfillmentWord');
  return traits;
}

/** Traits of a cell with a digit. A date or a price has no other traits. */
function readDigits(text: string): CellTrait[] {
  if (text.length >= SHORTEST_DATE && isDateText(text)) return ['date'];
  const traits: CellTrait[] = [];
  const money = NO_MONEY.test(text) ? null : parseMoney(text);
  if (money?.ok) traits.push('money');
  if (money?.ok && (money.value.currency !== null || PRICE.test(text))) return [...traits, 'price'];
  const quantity = text.length <= MAX_WORD ? parseQuantity(text) : null;
  if (/^\d+$/.test(text)) traits.push('number');
  if (quantity?.ok && quantity.value < 100) traits.push('count');
  if (PHONE.test(text) && text.replace(/\D/g, '').length >= 6) traits.push('phone');
  if (POSTAL_CODE.test(text) || JAPANESE_POSTAL_CODE.test(text)) traits.push('postalCode');
  if (CODE.test(text)) traits.push('code');
  if (STREET.test(text) || IDEOGRAPHIC_STREET.test(text)) traits.push('street');
  return traits;
}

function isDateText(text: string): boolean {
  const read = parseDateTime(text);
  return read.ok || read.problem.code === 'ambiguous_date';
}
