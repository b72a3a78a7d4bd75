/** Stable codes of what can be wrong with one cell. */
export type ValueProblemCode =
  | 'invalid_money'
  | 'unknown_currency'
  | 'ambiguous_number'
  | 'unexpected_decimals'
  | 'invalid_date'
  | 'ambiguous_date'
  | 'unknown_country'
  | 'invalid_email'
  | 'relay_email'
  | 'invalid_quantity'
  | 'invalid_boolean'
  | 'scientific_notation'
  | 'fake_phone'
  | 'lost_character'
  | 'control_character';

/** What is wrong with a cell; the message is for the person who sent the file and says what to do. */
export interface ValueProblem {
  readonly code: ValueProblemCode;
  readonly message: string;
}

/**
 * The outcome of reading one cell. A `warning` imports the value and says so.
 * Parsers never see a blank cell: whether blank is allowed is the caller's question.
 */
export type ValueResult<T> =
  | { readonly ok: true; readonly value: T; readonly warning?: ValueProblem }
  | { readonly ok: false; readonly problem: ValueProblem };
