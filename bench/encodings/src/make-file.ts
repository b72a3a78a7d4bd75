import { type EncodedText, encode } from './encode.js';
import { createRandom, pick, type Random } from './random.js';
import { type WordPool, wordPools } from './word-pools.js';

/** How to make a file of orders. */
export interface FileWish {
  /** A language or a mixture. */
  readonly language: string;
  /** The text has only characters of this encoding. */
  readonly encoding: string;
  /** How many rows have a character beyond ASCII. */
  readonly rows: number;
  /** The share of these rows among all rows. */
  readonly share?: number;
  readonly seed: number;
  /** How many different rows beyond ASCII there are. They are repeated. */
  readonly different?: number;
}

export const HEADER = 'Order ID,Name,Email,City,Status,Total,Note';

const FIRST_NAMES = [
  'Ada',
  'Grace',
  'Alan',
  'Linus',
  'Barbara',
  'Ken',
  'Dennis',
  'Donald',
  'Tony',
  'Mary',
  'Kim',
];
const LAST_NAMES = [
  'Smith',
  'Miller',
  'Brown',
  'Jones',
  'Hopper',
  'Turing',
  'Evans',
  'Baker',
  'Cook',
  'Price',
];
const PLACES = ['London', 'Boston', 'Berlin', 'Austin', 'Dublin', 'Paris', 'Madrid'];

/** What people write around words. Notes with a sign that the encoding does not have are left out. */
const NOTES = ['%', '%', '%', '“%”', '„%“', '«%»', '% – %', '%…', '%’s', '% (20 €)', '% ®'];

/** The share of rows with a note. */
const NOTED = 0.15;

type Row = readonly [name: string, city: string, note: string];

/** Makes a whole file: a header and rows. */
export function makeFile(wish: FileWish): EncodedText {
  return encodeOrThrow(`${HEADER}\r\n${makeRows(wish).join('')}`, wish.encoding);
}

/** Makes rows of orders, each with its line end. */
export function makeRows({
  language,
  encoding,
  rows,
  share = 1,
  seed,
  different,
}: FileWish): readonly string[] {
  const random = createRandom(seed);
  const pools = wordPools(language, encoding);
  const foreign = Array.from({ length: Math.min(rows, different ?? rows) }, () =>
    foreignRow(pick(random, pools), encoding, random),
  );
  const lines: string[] = [];
  for (let count = 0; count < rows; ) {
    const isForeign = random() < share;
    const row = isForeign ? (foreign[count % foreign.length] ?? plainRow(random)) : plainRow(random);
    if (isForeign) count += 1;
    lines.push(lineOf(1_000 + lines.length, row, random));
  }
  return lines;
}

function lineOf(id: number, [name, city, note]: Row, random: Random): string {
  const total = (random() * 100).toFixed(2);
  return `${id},${name},buyer${id}@example.com,${city},collected,${total},${note}\r\n`;
}

function plainRow(random: Random): Row {
  return [`${pick(random, FIRST_NAMES)} ${pick(random, LAST_NAMES)}`, pick(random, PLACES), ''];
}

/** Makes a row with at least one word beyond ASCII. */
function foreignRow(pool: WordPool, encoding: string, random: Random): Row {
  const { language, firstNames, lastNames, places, words } = pool;
  // Decides which cell is beyond ASCII in any case.
  const kind = random();
  const first = pick(random, kind < 0.45 ? firstNames.foreign : firstNames.all);
  const last = pick(random, kind >= 0.45 && kind < 0.8 ? lastNames.foreign : lastNames.all);
  const isPlaceForeign = kind >= 0.8 || language.script !== 'Latin' || random() < 0.3;
  const place = isPlaceForeign ? pick(random, places.foreign) : pick(random, PLACES);
  return [
    nameOf(language.code, first, last),
    place,
    random() < NOTED ? noteOf(words.all, encoding, random) : '',
  ];
}

function nameOf(language: string, first: string, last: string): string {
  if (language === 'ja') return `${last} ${first}`;
  return ['zh', 'tw', 'ko'].includes(language) ? `${last}${first}` : `${first} ${last}`;
}

function noteOf(words: readonly string[], encoding: string, random: Random): string {
  const note = pick(random, NOTES).replaceAll('%', () => pick(random, words));
  return encode(note, encoding) === null ? pick(random, words) : note;
}

/** Encodes a text that was made for an encoding, and so has only characters of it. */
export function encodeOrThrow(text: string, encoding: string): EncodedText {
  const encoded = encode(text, encoding);
  if (encoded === null)
    throw new RangeError(`${encoding} does not have a character of ${text.slice(0, 200)}`);
  return encoded;
}
