import { orderNumber } from '../csv/order-grouping.js';
import type { Mapping } from './compile-mapping.js';
import { refundAsSale } from './refund-as-sale.js';

/** Gives the number of a row's pledge as its record would have it; empty where the row has none. */
export type NumberReader = (cells: readonly string[]) => string;

/** Null when no column holds the numbers of pledges. */
export function createNumberReader(mapping: Mapping): NumberReader | null {
  const positions = numberPositions(mapping);
  if (positions.length === 0) return null;
  return (cells) => {
    const read = refundAsSale(cells, mapping);
    for (const position of positions) {
      const number = orderNumber(read[position] ?? '');
      if (number !== '') return number;
    }
    return '';
  };
}

/** The positions of the columns with numbers, those of the platform of origin first, as in `pledgeKeyOf`. */
export function numberPositions({ keys }: Pick<Mapping, 'keys'>): readonly number[] {
  return [keys.get('originExternalId'), keys.get('externalId')].flatMap((column) =>
    column === undefined ? [] : [column.position],
  );
}
