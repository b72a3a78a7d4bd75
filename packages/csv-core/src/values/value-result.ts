/** Stable codes for problems of one cell. */
export const valueProblemCodes = [
  'invalid_money',
  'unknown_currency',
  'ambiguous_number',
  'mixed_currencies',
  'unexpected_decimals',
  'invalid_date',
  'ambiguous_date',
  'unknown_country',
  'invalid_email',
  'relay_email',
  'invalid_quantity',
  'invalid_boolean',
  'scientific_notation',
  'fake_phone',
  'lost_character',
  'control_character',
] as const;

export type ValueProblemCode = (typeof valueProblemCodes)[number];

/** A problem of one cell. The message is for the person who sent the file: what is wrong and what to do. */
export interface ValueProblem {
  readonly code: ValueProblemCode;
  readonly message: string;
}

/**
 * The result of reading one cell. A value with a `warning` is imported.
 * Parsers are never called for blank cells: the caller decides whether a cell may be blank.
 */
export type ValueResult<T> =
  | { readonly ok: true; readonly value: T; readonly warning?: ValueProblem }
  | { readonly ok: false; readonly problem: ValueProblem };
