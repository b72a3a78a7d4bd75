import type { Field } from '../fields/fields.js';
import type { PledgeStatus } from '../schemas/pledge.js';

/** A column that fills a field. */
export interface FieldColumn {
  readonly position: number;
  readonly header: string;
  readonly field: Field;
  /** ISO 4217 code of its amounts; null where the row or the file says it. */
  readonly currency: string | null;
  /** Words of the payment status that a person has taught. */
  readonly values: Readonly<Record<string, PledgeStatus>> | null;
  /** Positions of the columns whose cells belong behind its own, such as the time behind a date. */
  readonly followedBy: readonly number[];
}
