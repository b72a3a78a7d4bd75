import * as z from 'zod/mini';
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
  row: z.int().check(z.minimum(1)),
  /** Line of the file on which its first row starts, from 1. */
  line: z.int().check(z.minimum(1)),
  /** How many rows it is made of. */
  rowCount: z.int().check(z.minimum(1)),
  backer: backerSchema,
  /** Null in lists of people. */
  pledge: z.nullable(pledgeSchema),
  products: z.array(productSchema),
  survey: z.nullable(surveySchema),
});

export type MappedRecord = z.infer<typeof mappedRecordSchema>;
