import { z } from 'zod';
import { backerSchema } from './backer.js';
import { pledgeSchema } from './pledge.js';
import { productSchema } from './product.js';
import { surveySchema } from './survey.js';

/**
 * The record of one row, or of the rows of one order: a backer, a pledge with its items, the products of these items,
 * and a survey if there is one.
 */
export const mappedRecordSchema = z.object({
  /** Number of its first row in the upload; the first row below the header is 1. */
  row: z.int().min(1),
  /** Line of the file on which its first row starts, from 1. */
  line: z.int().min(1),
  /** How many rows it is made of. */
  rowCount: z.int().min(1),
  backer: backerSchema,
  /** Null in lists of people. */
  pledge: pledgeSchema.nullable(),
  products: z.array(productSchema),
  survey: surveySchema.nullable(),
});

export type MappedRecord = z.infer<typeof mappedRecordSchema>;
