import type { UnpackOptions } from './unpacked-file.js';

/**
 * How likely rows are the table that the merchant means to send: 3 for a known one, 2 for no more than its header,
 * 1 for two rows and two columns at least, 0 for anything else.
 */
export function tableLikelihood(
  firstRows: readonly (readonly string[])[],
  isKnown: UnpackOptions['isTable'],
): number {
  const hasRows = firstRows.length > 1;
  if (isKnown?.(firstRows)) return hasRows ? 3 : 2;
  return hasRows && firstRows.some(({ length }) => length > 1) ? 1 : 0;
}
