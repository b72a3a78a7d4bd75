import type { ContentTest } from './content-tests.js';
import type { FieldKind } from './field-kinds.js';

/** The part of a record that a field goes to. */
export type RecordPart = 'key' | 'backer' | 'pledge' | 'reward' | 'product' | 'survey' | 'address';

/**
 * What columns are called, beside the headers of the platforms: names in plain English, separated by `;`. `a|b`
 * stands for both. Words of other languages and English words of one meaning (`tier` is `reward`) are translated by
 * `suggest/foreign-words.ts` before names are compared, so each name stands here once.
 */
export interface FieldNames {
  readonly usual: string;
  /** Names that often mean something else. */
  readonly weaker?: string;
}

/** All there is to know of one field. */
export interface FieldDefinition<T> {
  /** What it holds, and how a cell is read as it. */
  readonly kind: FieldKind<T>;
  readonly part: RecordPart;
  /** Without it nothing can be imported, unless another field stands in for it. */
  readonly required?: boolean;
  readonly standsInFor?: string;
  /** For people, after "like". */
  readonly label: string;
  readonly names: FieldNames;
  readonly cells: ContentTest;
  /** 0 to 1: how sure the field is when the name tells nothing and the cells suit it perfectly. Left out, it is 0. */
  readonly carry?: number;
}
