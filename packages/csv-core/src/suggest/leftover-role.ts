import type { Field } from '../fields/fields.js';
import { normalizeHeader } from '../header/normalize-header.js';
import { commonSecrets, isSecretHeader } from '../header/secret-headers.js';
import type { ColumnAssignment } from '../mapping/column-assignment.js';
import { maxKeyLength } from '../schemas/lengths.js';
import { parseQuantity } from '../values/quantity.js';
import type { ColumnCells } from './column-cells.js';
import { isUnnamed, type ScoredColumn } from './score-column.js';

/** The role of a column that fills no field. */
export interface LeftoverRole {
  readonly as: Exclude<ColumnAssignment['as'], Field>;
  /** 0 to 1. */
  readonly score: number;
  /** For people, why the column has this role. */
  readonly reason: string;
}

/** Most units of one product in one pledge. A larger number is more likely a year or an age. */
const MAX_COUNT = 50;
const MAX_DISTINCT_COUNTS = 8;
/** With this many rows a column of counts has its full score. */
const MANY_ROWS = 20;
const QUESTION_WORDS = 6;
const QUESTION_LENGTH = 60;

/** Words of a name that is that of no product, though its cells are small whole numbers. */
const NO_PRODUCT: ReadonlySet<string> = new Set([
  'number',
  'id',
  'fee',
  'code',
  'owed',
  'refund',
  'cancel',
  'date',
  'age',
  'latitude',
  'longitude',
  'posted',
  'adjusted',
]);

const ADD_ON = /^\W*add[ -]?ons?\b/i;
const FLAG = /^(?:is|has|was|did|do|wants?|accepts?|opt|agree[sd]?|subscribed?|join)\b/i;
const QUESTION_MARK = /[?？;¿՞؟]\s*$|^¿/;
const QUESTION_START =
  /^(?:what|which|how|who|where|when|would|do|does|please|choose|select|enter|welche[rs]?|wie|bitte|quel(?:le)?s?|combien|qué|cuál|cuánt[oa]s|qual|quant[oie]s?|welke|hoeveel|jaki|ile)\s+\S/i;

/** The role of a secret column, which is never suggested for a field; null for any other column. */
export function secretRole(header: string): LeftoverRole | null {
  if (!isSecretHeader(normalizeHeader(header), header, commonSecrets)) return null;
  return { as: 'ignored', score: 1, reason: 'such a column is secret and never stored' };
}

/**
 * The role of a column that fills no field, if its name or cells show one: counted product or question. Else null.
 *
 * @param itemsPerRow whether the file has columns for one product per row; then no other column counts a product
 */
export function leftoverRole(
  column: ScoredColumn,
  cells: ColumnCells,
  itemsPerRow: boolean,
): LeftoverRole | null {
  if (column.header === '' || isUnnamed(column.header)) return null;
  return countRole(column, cells, itemsPerRow) ?? questionRole(column.header);
}

function countRole(
  { header, isOther, scores, words }: ScoredColumn,
  cells: ColumnCells,
  itemsPerRow: boolean,
): LeftoverRole | null {
  if (isOther || QUESTION_MARK.test(header) || header.length > maxKeyLength) return null;
  if (words.some((word) => NO_PRODUCT.has(word))) return null;
  const isAddOn = ADD_ON.test(header);
  const isLikeField = [...scores.values()].some(({ name }) => name !== null);
  if (!isAddOn && (itemsPerRow || isLikeField || questionRole(header))) return null;
  const counts = readCounts(cells);
  if (counts === null || (counts.isFlag && FLAG.test(header))) return null;
  const score = 0.6 + 0.2 * Math.min(1, cells.rows / MANY_ROWS) + (isAddOn ? 0.15 : 0);
  return {
    as: isAddOn ? 'add-on' : 'item',
    score,
    reason: `${cells.filled} of ${cells.filled} cells are small whole numbers: it seems to count "${header}"`,
  };
}

interface Counts {
  /** Whether there are only 0 and 1, which may mean no and yes. */
  readonly isFlag: boolean;
}

/** Null unless every filled cell is a small count, there are few different counts, and some are above zero. */
function readCounts({ texts }: ColumnCells): Counts | null {
  const distinct = new Set<number>();
  for (const cell of texts.keys()) {
    const read = parseQuantity(cell);
    if (!read.ok || read.value > MAX_COUNT) return null;
    distinct.add(read.value);
  }
  const highest = Math.max(0, ...distinct);
  if (highest === 0 || distinct.size > MAX_DISTINCT_COUNTS) return null;
  return { isFlag: highest === 1 };
}

function questionRole(header: string): LeftoverRole | null {
  if (QUESTION_MARK.test(header)) {
    return { as: 'question', score: 0.9, reason: 'the name ends with a question mark' };
  }
  const isLong = header.split(/\s+/).length >= QUESTION_WORDS || header.length > QUESTION_LENGTH;
  if (!isLong && !QUESTION_START.test(header)) return null;
  return { as: 'question', score: 0.7, reason: 'the name is a sentence, as questions to backers are' };
}
