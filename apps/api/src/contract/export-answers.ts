import { z } from 'zod';

/** A table as CSV. */
export const csvAnswer = {
  description: 'The table, as a stream',
  content: { 'text/csv': { schema: z.string() } },
};

/** A list, as a page or as a stream of all its entries. */
export function listAnswer(page: z.ZodType, entry: z.ZodType) {
  return {
    description: 'A page of the list, or all of it as a stream',
    content: {
      'application/json': { schema: page },
      'text/csv': { schema: z.string() },
      'application/x-ndjson': { schema: entry },
    },
  };
}
