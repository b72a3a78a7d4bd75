/** What programs write for a missing value, and what nobody writes for anything else. */
const NEVER_TEXT = new Set([
  '<null>',
  '(null)',
  '[null]',
  '\\N',
  '[object Object]',
  'undefined',
  'NULL',
  'null',
  'NaN',
]);

/** What programs and people write for a missing value, but what is an answer where somebody was asked. */
const MAY_BE_ANSWER = new Set([
  'N/A',
  'n/a',
  'N/a',
  'n.a.',
  'N.A.',
  '-',
  '--',
  '---',
  '–',
  '—',
  'nan',
  'NAN',
  'None',
  'none',
  'NONE',
  'Null',
]);

/** Words for a missing value that are also names of people. */
const MAY_BE_NAME = new Set(['NULL', 'null', 'Null', 'nan', 'NAN', 'Nan', 'None', 'none', 'NONE']);

/** The missing value of R, which is also Namibia and Naples. */
const MAY_BE_PLACE = new Set(['NA', 'na']);

/** What databases, .NET and Excel write for a date that is missing, whatever the time behind it. */
const NULL_DATE =
  /^(?:0000-00-00|00\/00\/0000|00\.00\.0000|0001-01-01|1900-01-00|1\/0\/1900)(?:[T ]00:00.*)?$/;

const LONG = /^(?:undefined|\[object Object\])$/;

/** The longest word in the sets. Longer cells need no look at them. */
const MAX_LENGTH = 15;
const MAX_DATE_LENGTH = 40;

/** Whether a cell stands for a missing value, whatever its column holds. */
export function isNeverText(word: string): boolean {
  return word.length <= MAX_LENGTH && NEVER_TEXT.has(word);
}

/** Whether a cell of a column that holds no answers of people stands for a missing value. */
export function isNullWord(word: string): boolean {
  return word.length <= MAX_LENGTH && (NEVER_TEXT.has(word) || MAY_BE_ANSWER.has(word));
}

/** Whether a word for a missing value may also be the name of a person: `Null`, `Nan` and `None` are surnames. */
export function mayBeName(word: string): boolean {
  return MAY_BE_NAME.has(word);
}

/** Whether a cell of a column with numbers, dates or addresses of another notation stands for a missing value. */
export function isNullInTyped(word: string): boolean {
  // Hashing a text takes longer than ruling it out by its length: most words have at most six letters.
  if (word.length > 6 && !LONG.test(word)) return false;
  return isNullWord(word) || MAY_BE_PLACE.has(word) || word === 'Nan';
}

/** Whether a cell is a date that stands for a missing one, such as `0000-00-00 00:00:00` of MySQL. */
export function isNullDate(word: string): boolean {
  return word.length <= MAX_DATE_LENGTH && NULL_DATE.test(word);
}

/** A cell may be a word for a missing value only if it begins like one. Rules out most cells cheaply. */
export function beginsLikeNull(first: number): boolean {
  return NULL_STARTS[first] === 1;
}

const NULL_STARTS = new Uint8Array(0x80);
for (const start of '<([\\uUnN-') NULL_STARTS[start.charCodeAt(0)] = 1;
