import * as z from 'zod/mini';
import { type Field, fieldNames } from '../fields/fields.js';
import { pledgeStatusSchema } from '../schemas/pledge.js';
import { currencySchema, lineSchema } from '../schemas/scalars.js';

/** The canonical fields that a person can assign to a column. */
export const assignableFields: readonly Field[] = fieldNames;

/** The name of a field. */
export const suggestableFieldSchema = z.enum(fieldNames);

const roles = ['item', 'add-on', 'question', 'kept', 'ignored'] as const;

/** The meaning that a person assigns to one column. */
export const columnAssignmentSchema = z.object({
  /** Position of the column, from 0. */
  position: z.int().check(z.minimum(0)),
  /**
   * The field that the column fills; or `item` or `add-on`: its cells count units of the product that its header names;
   * `question`: its cells are answers to its header; `kept`: its cells are kept with the pledge; `ignored`: they are
   * not.
   */
  as: z.enum([...assignableFields, ...roles]),
  /** ISO 4217 code of the column's amounts, where its header says it: `Total (USD)`. */
  currency: z.optional(currencySchema),
  /** For `status`: what words of the column mean, in addition to the words that are known. Case does not matter. */
  values: z.optional(z.record(lineSchema, pledgeStatusSchema)),
});

/** The meaning that a person assigns to one column of an unknown file. */
export type ColumnAssignment = Readonly<z.infer<typeof columnAssignmentSchema>>;
