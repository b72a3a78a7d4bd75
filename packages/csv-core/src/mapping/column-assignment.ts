import { z } from 'zod';
import { type Field, fieldNames } from '../fields/fields.js';

/** The canonical fields that a column can be said to hold. */
export const assignableFields: readonly Field[] = fieldNames;

const roles = ['item', 'add-on', 'question', 'kept', 'ignored'] as const;

/** What a person says of one column. */
export const columnAssignmentSchema = z.object({
  /** From 0. */
  position: z.int().min(0),
  /**
   * The field that the column fills. Or `item` and `add-on`: it counts units of the product that its header names;
   * `question`: it holds answers to its header; `kept`: with the pledge; `ignored`: not at all.
   */
  as: z.enum([...assignableFields, ...roles]),
});

/** What a person says of one column of a file that no platform knows. */
export type ColumnAssignment = Readonly<z.infer<typeof columnAssignmentSchema>>;
