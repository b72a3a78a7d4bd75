import { type Field, isField, isMoneyField, productNameFields } from '../fields/fields.js';
import type { ColumnCells } from '../suggest/column-cells.js';
import type { ScoredColumn } from '../suggest/score-column.js';
import type { ColumnSuggestion } from '../suggest/suggest-mapping.js';
import { headerCurrency } from './header-currency.js';
import { readPaidFlag } from './paid-flag.js';
import { countsUnits } from './unit-count.js';

/** A column of an unknown file, with what it was taken for. */
export interface SuggestedColumn {
  readonly suggested: ColumnSuggestion;
  readonly column: ScoredColumn;
  readonly cells: ColumnCells;
}

/**
 * Completes suggestions by what a column can only be beside the others: the payment status where no other column has it, the
 * amount, the quantity of the row's product. Each is left as it is where several columns could be it.
 */
export function completeSuggestion(columns: readonly SuggestedColumn[]): readonly SuggestedColumn[] {
  return [addCurrencies, readDonation, readOnlyFlag, readOnlyCount].reduce((all, step) => step(all), columns);
}

type Step = (columns: readonly SuggestedColumn[]) => readonly SuggestedColumn[];

const holds = (columns: readonly SuggestedColumn[], field: Field) =>
  columns.some(({ suggested }) => suggested.as === field);

const addCurrencies: Step = (columns) =>
  columns.map((one) => {
    const { as, header } = one.suggested;
    const currency = isField(as) && isMoneyField(as) ? headerCurrency(header) : null;
    return currency === null ? one : { ...one, suggested: { ...one.suggested, currency } };
  });

/** Where nothing else was paid, a donation is no bonus on top of a pledge, but all of it. */
const readDonation: Step = (columns) =>
  holds(columns, 'amount')
    ? columns
    : columns.map((one) =>
        one.suggested.as === 'bonusAmount' ? { ...one, suggested: { ...one.suggested, as: 'amount' } } : one,
      );

const readOnlyFlag: Step = (columns) => {
  if (holds(columns, 'status')) return columns;
  return replaceOnly(columns, ({ suggested, column, cells }) => {
    const flag = readPaidFlag(suggested, column, cells);
    return flag === suggested ? null : flag;
  });
};

const readOnlyCount: Step = (columns) => {
  if (holds(columns, 'quantity') || !productNameFields.some((field) => holds(columns, field))) return columns;
  const reason = 'its cells are small whole numbers, and no other column counts the product of the row';
  return replaceOnly(columns, ({ suggested, column, cells }) =>
    suggested.as === 'kept' && countsUnits(column, cells, true)
      ? { ...suggested, as: 'quantity', score: 0.5, reason }
      : null,
  );
};

/** Replaces the only suggestion for which there is another one. */
function replaceOnly(
  columns: readonly SuggestedColumn[],
  replace: (one: SuggestedColumn) => ColumnSuggestion | null,
): readonly SuggestedColumn[] {
  const replaced = columns.map(replace);
  if (replaced.filter((other) => other !== null).length !== 1) return columns;
  return columns.map((one, index) => ({ ...one, suggested: replaced[index] ?? one.suggested }));
}

/** A quantity that counts nothing is asked about, and until then only kept: a mapping with it would be refused. */
export function withoutIdleQuantity(columns: readonly ColumnSuggestion[]): readonly ColumnSuggestion[] {
  if (productNameFields.some((product) => columns.some(({ as }) => as === product))) return columns;
  return columns.map((column) => (column.as === 'quantity' ? { ...column, as: 'kept' } : column));
}
