import { z } from 'zod';
import { backerSchema } from './backer.js';
import { pledgeSchema } from './pledge.js';
import { productSchema } from './product.js';
import { surveySchema } from './survey.js';

/**
 * What one row becomes, or several rows of one order: a backer, a pledge with its items, the products those name, and a
 * survey if there is one.
 */
export const mappedRecordSchema = z.object({
  /** Number of the first of its rows in the file; the first row below the header is 1. */
  row: z.int().min(1),
  line: z.int().min(1),
  /** Rows that it is made of. */
  rowCount: z.int().min(1),
  backer: backerSchema,
  /** Null in lists of people. */
  pledge: pledgeSchema.nullable(),
  products: z.array(productSchema),
  survey: surveySchema.nullable(),
});

export type MappedRecord = z.infer<typeof mappedRecordSchema>;
