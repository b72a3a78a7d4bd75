import { normalizeHeader } from '../header/normalize-header.js';
import type { FieldColumn } from './field-column.js';

/** Headers of the number of a line in an order. `Item ID` is not among them: it may be the number of a product. */
const LINE_HEADER =
  /^(?:(?:order |lineitem |line ?)?(?:line|row|position|pos\.?|line ?item|order item|ticket)[ _-]?(?:u?u?id|no\.?|number|nr\.?|#|key)|lineitem id|line|position|pos\.?|barcode|positionsnummer|zeilennummer)$/;

/** The position of the column that numbers the lines of an order, among the columns that fill no field; else null. */
export function lineColumnOf(headers: readonly string[], fields: readonly FieldColumn[]): number | null {
  const filling = new Set(fields.map(({ position }) => position));
  const found = headers.findIndex(
    (header, position) => !filling.has(position) && LINE_HEADER.test(normalizeHeader(header)),
  );
  return found === -1 ? null : found;
}
