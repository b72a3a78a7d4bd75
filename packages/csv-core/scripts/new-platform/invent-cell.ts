import {
  type ContentTest,
  people,
  placeNames,
  shippingStatuses,
  singleNames,
  states,
  streets,
  titles,
} from '../../src/fields/content-tests.js';
import { type Field, fields } from '../../src/fields/fields.js';
import { createDictionary } from '../../src/suggest/dictionary.js';
import { parseBoolean } from '../../src/values/boolean.js';
import { parseCountry } from '../../src/values/country.js';
import { parseCurrency } from '../../src/values/currency.js';
import { parseDateTime } from '../../src/values/date.js';
import { parseMoney } from '../../src/values/money.js';
import { type Draw, otherAmount, otherDate, sameShape } from './cell-shapes.js';
import type { Person } from './invented-people.js';

/** What an invented cell depends on, besides the real one. */
export interface CellContext {
  readonly person: Person;
  readonly draw: Draw;
  /** How many texts of its column were invented before. */
  readonly rank: number;
  /** Whether several people have the text, so that it is not personal. */
  readonly isShared: boolean;
}

/**
 * The replacement of a real cell in a fixture. `person`: a text of the row's invented person; `text`: an invented text,
 * the same for equal cells; `word`: the cell itself as a word of the platform, unless it contains a name; `kept`: the
 * cell itself.
 */
export type InventedCell =
  | { readonly by: 'person' | 'text'; readonly text: string }
  | { readonly by: 'word' | 'kept' };

type Inventor = (cell: string, context: CellContext) => InventedCell;

const ofPerson =
  (textOf: (person: Person) => string): Inventor =>
  (_, { person }) => ({ by: 'person', text: textOf(person) });
const ofText =
  (invent: (cell: string, context: CellContext) => string): Inventor =>
  (cell, context) => ({ by: 'text', text: invent(cell, context) });

const wholeName = ofPerson(({ first, last }) => `${first} ${last}`);
const firstName = ofPerson(({ first }) => first);
const lastName = ofPerson(({ last }) => last);
const email = ofPerson((person) => person.email);
const phone = ofPerson((person) => person.phone);
const street = ofPerson((person) => person.street);
const city = ofPerson((person) => person.city);
const company = ofPerson(() => 'Example Ltd');
const state = ofText((cell) => (cell.length <= 3 ? 'MA' : 'Sampleshire'));
const shape = ofText((cell, { draw }) => sameShape(cell, draw));
const amount = ofText((cell, { draw }) => otherAmount(cell, draw));
const date = ofText((cell, { draw }) => otherDate(cell, draw));
const sampleText = ofText((_, { rank }) => `Sample text ${rank + 1}`);
const word: Inventor = () => ({ by: 'word' });
const keep: Inventor = () => ({ by: 'kept' });
const country: Inventor = (cell, context) =>
  parseCountry(cell).ok ? keep(cell, context) : sampleText(cell, context);
const currency: Inventor = (cell, context) =>
  parseCurrency(cell).ok ? keep(cell, context) : sampleText(cell, context);

const THINGS = [
  'Lantern',
  'Compass',
  'Map',
  'Dice Set',
  'Poster',
  'Mug',
  'Notebook',
  'Puzzle',
  'Bag',
  'Print',
];
const thing = ofText((_, { rank }) => THINGS[rank] ?? `Thing ${rank + 1}`);

const byKind: Readonly<Record<string, Inventor>> = {
  code: shape,
  country,
  currency,
  dateTime: date,
  email,
  identifier: shape,
  money: amount,
  phone,
  quantity: keep,
  status: word,
};

/** For fields with any line or text, by what their cells look like. */
const byContent = new Map<ContentTest, Inventor>([
  [people, wholeName],
  [singleNames, firstName],
  [placeNames, city],
  [shippingStatuses, word],
  [states, state],
  [streets, street],
  [titles, thing],
]);

/** For fields that are an exception from the rules for their kind and cells. */
const byField: Readonly<Partial<Record<Field, Inventor>>> = { lastName, originPlatform: word };

/** Invents a cell of a column that fills a field. */
export function inventFieldCell(field: Field, cell: string, context: CellContext): InventedCell {
  const { kind, cells } = fields[field];
  const invent = byField[field] ?? byKind[kind.name] ?? byContent.get(cells) ?? sampleText;
  return invent(cell, context);
}

const dictionary = createDictionary([]);

/** For columns without a field whose header has a word for personal data. */
const byWord: readonly (readonly [words: readonly string[], invent: Inventor])[] = [
  [['phone'], phone],
  [['street', 'address', 'line'], street],
  [['city'], city],
  [['zip'], shape],
  [['state'], state],
  [['country'], country],
  [['company'], company],
  [['note', 'instructions', 'message', 'comment', 'review', 'birth', 'birthday'], sampleText],
  [['name', 'recipient', 'contact', 'customer', 'backer', 'user'], wholeName],
];

/** Invents a cell of a column that fills no field. Only cells without personal data are kept. */
export function inventOtherCell(header: string, cell: string, context: CellContext): InventedCell {
  return inventorFor(header, cell, context)(cell, context);
}

function inventorFor(header: string, cell: string, { isShared }: CellContext): Inventor {
  if (!/[\p{L}\p{N}]/u.test(cell) || /^\d{1,2}$/.test(cell) || parseBoolean(cell).ok) return keep;
  if (cell.includes('@')) return email;
  if (/^(?:https?:|www\.)/i.test(cell)) return ofText(() => 'https://example.com/sample');
  if (isDate(cell)) return date;
  const { words } = dictionary.read(header);
  const named = byWord.find(([names]) => names.some((name) => words.includes(name)));
  if (named !== undefined) return named[1];
  if (parseMoney(cell).ok) return amount;
  if (/\d/.test(cell) && !/\s/.test(cell)) return shape;
  return isShared ? word : sampleText;
}

function isDate(cell: string): boolean {
  if (cell.length < 6) return false;
  const read = parseDateTime(cell);
  return read.ok || read.problem.code === 'ambiguous_date';
}
