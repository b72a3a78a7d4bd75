/** What one cell looks like. A cell can have several traits: `12` may be an amount, a count or an id. */
export type CellTrait =
  | 'email'
  | 'money'
  /** An amount with a currency or with cents, which can be nothing else. */
  | 'price'
  | 'currency'
  | 'country'
  | 'date'
  /** A whole number from 0 to 99. */
  | 'count'
  | 'number'
  | 'phone'
  | 'postalCode'
  | 'yesNo'
  | 'statusWord'
  | 'fulfillmentWord'
  /** Short, without blanks, with a digit. */
  | 'code'
  /** Two to four words of letters. */
  | 'personName'
  /** One word of letters. */
  | 'word'
  /** Words and a number, as in a street and its house number; or several lines. */
  | 'street'
  /** More than 60 characters. */
  | 'longText'
  | 'link';

/** What the cells of one column look like. */
export interface ColumnProfile {
  /** Cells, blank ones included. */
  readonly rows: number;
  /** Cells that are not blank. */
  readonly filled: number;
  /** Different texts in the filled cells. */
  readonly distinct: number;
  /** Filled cells that have the trait, 0 to `filled`. */
  readonly count: (trait: CellTrait) => number;
  /** The share of filled cells that have the trait, 0 to 1; 0 when no cell is filled. */
  readonly share: (trait: CellTrait) => number;
}
