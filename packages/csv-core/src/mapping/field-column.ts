import type { Field } from '../fields/fields.js';

/** A column that fills a field. */
export interface FieldColumn {
  readonly position: number;
  readonly header: string;
  readonly field: Field;
}
