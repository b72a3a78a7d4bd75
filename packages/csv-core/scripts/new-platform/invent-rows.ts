import { emails, people, phones, singleNames, streets } from '../../src/fields/content-tests.js';
import { type Field, fields, isField } from '../../src/fields/fields.js';
import { createDraw } from './cell-shapes.js';
import { type CellContext, type InventedCell, inventFieldCell, inventOtherCell } from './invent-cell.js';
import { inventPerson, type Person } from './invented-people.js';
import { columnOf, type ProposedColumn } from './propose-columns.js';
import type { Sample } from './sample.js';

/** Invented rows in the notation of real ones. */
export interface InventedRows {
  readonly rows: readonly (readonly string[])[];
  /** For each header the words of the file that the rows contain. */
  readonly kept: ReadonlyMap<string, readonly string[]>;
}

/** The text in secret columns. It is not blank, so that tests can check that it is never stored. */
const SECRET = 'SECRET';
/** A longer text is not a word of the platform. */
const MAX_WORD_LENGTH = 40;
/** How often a text is drawn again if its column has the same one already. */
const MAX_DRAWS = 50;

/**
 * Invents rows for fixtures: other people at example.com, other numbers, amounts and dates. Equal cells of a column
 * stay equal, and blank cells blank. Words of the platform are kept: statuses, countries, currencies, yes and no, and
 * texts that several people share in a column without a personal header.
 *
 * @param chosen numbers of the rows, from 0
 */
export function inventRows(
  sample: Sample,
  columns: readonly ProposedColumn[],
  chosen: readonly number[],
): InventedRows {
  const personOf = numberPeople(sample, columns);
  const personal = personalWords(sample, columns);
  const inventors = columns.map((column) => createInventor(column, sample, personOf, personal));
  const rows = chosen.map((index) => {
    const person = inventPerson(personOf(index));
    return (sample.rows[index] ?? []).map((cell, position) => {
      if (cell.trim() === '') return cell;
      // The meaning of cells beyond the header is not known.
      return inventors[position]?.invent(cell.trim(), person) ?? 'surplus';
    });
  });
  const kept = inventors.flatMap(({ header, words }) =>
    words.size > 0 ? [[header, [...words]] as const] : [],
  );
  return { rows, kept: new Map(kept) };
}

/**
 * Numbers the people of the file. Rows with the same e-mail address or number have the same person, and a row without
 * either has the person of the row above.
 */
function numberPeople(sample: Sample, columns: readonly ProposedColumn[]): (index: number) => number {
  const readerOf = (field: Field) => {
    const position = columnOf(columns, field)?.position ?? -1;
    return (row: readonly string[]) => row[position]?.trim().toLowerCase() ?? '';
  };
  const [email, backer, order] = [readerOf('email'), readerOf('backerExternalId'), readerOf('externalId')];
  const numbers = new Map<string, number>();
  let current = 0;
  let lastOrder = '';
  const ofRows = sample.rows.map((row) => {
    const key = email(row) || backer(row) || (order(row) === lastOrder ? '' : order(row));
    if (key !== '') {
      current = numbers.get(key) ?? numbers.size;
      numbers.set(key, current);
    }
    lastOrder = order(row) || lastOrder;
    return current;
  });
  return (index) => ofRows[index] ?? 0;
}

const PERSONAL = new Set([emails, people, phones, singleNames, streets]);

/** The words of all names, addresses and phone numbers in the file. */
function personalWords(sample: Sample, columns: readonly ProposedColumn[]): ReadonlySet<string> {
  const positions = columns
    .filter(({ as }) => isField(as) && PERSONAL.has(fields[as].cells))
    .map(({ position }) => position);
  return new Set(sample.rows.flatMap((row) => positions.flatMap((position) => wordsOf(row[position] ?? ''))));
}

function wordsOf(text: string): readonly string[] {
  return text.toLowerCase().match(/[\p{L}\p{N}]{3,}/gu) ?? [];
}

interface ColumnInventor {
  readonly header: string;
  /** The words that were kept so far. */
  readonly words: ReadonlySet<string>;
  readonly invent: (cell: string, person: Person) => string;
}

function createInventor(
  { position, header, as }: ProposedColumn,
  sample: Sample,
  personOf: (index: number) => number,
  personal: ReadonlySet<string>,
): ColumnInventor {
  const draw = createDraw(position + 1);
  const isShared = sharedTexts(sample, position, personOf);
  const known = new Map<string, InventedCell>();
  const used = new Set<string>();
  const words = new Set<string>();

  const draft = (cell: string, context: CellContext): InventedCell =>
    isField(as) ? inventFieldCell(as, cell, context) : inventOtherCell(header, cell, context);

  const decide = (cell: string, context: CellContext): InventedCell => {
    let invented = draft(cell, context);
    for (let draws = 1; invented.by === 'text' && used.has(invented.text) && draws < MAX_DRAWS; draws += 1) {
      invented = draft(cell, context);
    }
    if (invented.by !== 'word') return invented;
    const isWord = cell.length <= MAX_WORD_LENGTH && !wordsOf(cell).some((each) => personal.has(each));
    return isWord ? { by: 'kept' } : { by: 'text', text: `Sample text ${context.rank + 1}` };
  };

  return {
    header,
    words,
    invent: (cell, person) => {
      if (as === 'secret') return SECRET;
      const context = { person, draw, rank: known.size, isShared: isShared(cell) };
      const invented = known.get(cell) ?? decide(cell, context);
      if (invented.by === 'person') return invented.text;
      known.set(cell, invented);
      if (invented.by === 'text') {
        used.add(invented.text);
        return invented.text;
      }
      if (/\p{L}/u.test(cell)) words.add(cell);
      return cell;
    },
  };
}

function sharedTexts(
  { rows }: Sample,
  position: number,
  personOf: (index: number) => number,
): (text: string) => boolean {
  const owners = new Map<string, Set<number>>();
  for (const [index, row] of rows.entries()) {
    const text = row[position]?.trim() ?? '';
    owners.set(text, (owners.get(text) ?? new Set<number>()).add(personOf(index)));
  }
  return (text) => (owners.get(text)?.size ?? 0) > 1;
}
