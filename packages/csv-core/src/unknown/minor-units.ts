import { isField, isMoneyField } from '../fields/fields.js';
import { parseMoney } from '../values/money.js';
import { parseQuantity } from '../values/quantity.js';
import type { SuggestedColumn } from './complete-suggestion.js';
import { askAbout, exampleCells, type OpenQuestion } from './open-question.js';
import type { UnknownFile } from './unknown-file.js';

/** Words of a header that say that amounts are counted in hundredths of the currency. */
const minorWords: ReadonlySet<string> = new Set([
  'cent',
  'cents',
  'minor',
  'pence',
  'pfennig',
  'centime',
  'centimes',
  'centimo',
  'centimos',
  'centavo',
  'centavos',
  'centesimi',
  'grosze',
]);
const WHOLE = /^\d+$/;
/** Smaller numbers are more likely a yes and a no: `Minor: 0, 1`. */
const LEAST_CENTS = 100;
/** Words of a column with money that is not a part of the amount, such as a fee of one percent. */
const priceWords = ['price', 'amount', 'total', 'subtotal', 'paid'];

/**
 * Asks about amounts that may be in cents: whole numbers whose header says so, or that are a hundred times what another
 * column says in every row. They are read as they stand, which would be a hundred times too much.
 */
export function askForMinorUnits(
  columns: readonly SuggestedColumn[],
  { sampleRows }: UnknownFile,
): readonly OpenQuestion[] {
  const quantity = columns.find(({ suggested }) => suggested.as === 'quantity');
  return columns.flatMap((one): readonly OpenQuestion[] => {
    const { suggested, column, cells } = one;
    const isWhole = cells.filled > 0 && [...cells.texts.keys()].every((text) => WHOLE.test(text.trim()));
    if (!isWhole || ![...cells.texts.keys()].some((text) => Number(text) >= LEAST_CENTS)) return [];
    const ask = (why: string) => [
      askAbout(
        suggested,
        'unclear_column',
        `Does "${suggested.header}" count cents? ${why} The cells are read as they stand, 4500 as 4500.00. Send the file with amounts such as 45.00, or say what the column is.`,
        exampleCells(cells),
      ),
    ];
    if (column.words.some((word) => minorWords.has(word))) return ask('Its name says so.');
    if (suggested.as !== 'amount') return [];
    const proof = columns.find((other) => isPrice(other) && isHundredfold(one, other, quantity, sampleRows));
    return proof === undefined
      ? []
      : ask(`It is a hundred times what "${proof.suggested.header}" says in every row.`);
  });
}

function isPrice({ suggested: { as }, column }: SuggestedColumn): boolean {
  if (as === 'amount') return false;
  return (isField(as) && isMoneyField(as)) || priceWords.some((word) => column.words.includes(word));
}

/** Whether the cells are a hundred times those of the other column, once or for each unit, in all rows that have both. */
function isHundredfold(
  { suggested: { position } }: SuggestedColumn,
  other: SuggestedColumn,
  quantity: SuggestedColumn | undefined,
  rows: UnknownFile['sampleRows'],
): boolean {
  let matches = 0;
  for (const row of rows) {
    const amount = Number(row[position] ?? '');
    const price = parseMoney(row[other.suggested.position] ?? '');
    if (amount === 0 || !price.ok || Number(price.value.amount) === 0) continue;
    const hundredfold = Math.round(Number(price.value.amount) * 100);
    const count = parseQuantity(row[quantity?.suggested.position ?? -1] ?? '');
    const isMatch = amount === hundredfold || (count.ok && amount === hundredfold * count.value);
    if (!isMatch) return false;
    matches += 1;
  }
  return matches > 0;
}
