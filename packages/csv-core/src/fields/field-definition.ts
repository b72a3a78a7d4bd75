import type { ContentTest } from './content-tests.js';
import type { FieldKind } from './field-kinds.js';

/** The part of a record to which a field belongs. */
export type RecordPart =
  | 'key'
  | 'backer'
  | 'pledge'
  /** Changes the pledge's status, and is itself only kept as text. */
  | 'reversal'
  | 'reward'
  | 'product'
  | 'survey'
  | 'address';

/**
 * Common names of columns, in addition to the headers of the platforms: English names separated by `;`, where `a|b`
 * stands for `a` or `b`. Before names are compared, `suggest/foreign-words.ts` translates other languages and replaces
 * synonyms (`tier` by `reward`), so each name is needed only once.
 */
export interface FieldNames {
  readonly usual: string;
  /** Names that often mean something else. */
  readonly weaker?: string;
}

/** The definition of one field. */
export interface FieldDefinition<T> {
  /** The kind of its values, with the function that reads a cell. */
  readonly kind: FieldKind<T>;
  readonly part: RecordPart;
  /** Whether nothing can be imported without the field, or a field that stands in for it. */
  readonly required?: boolean;
  /** A required field that is not needed when this one is there. */
  readonly standsInFor?: string;
  /** The name of the field in sentences for people, such as "named like an e-mail address". */
  readonly label: string;
  readonly names: FieldNames;
  readonly cells: ContentTest;
  /** The score, 0 to 1, of a column without a known name whose cells fit perfectly. Default 0. */
  readonly carry?: number;
}
