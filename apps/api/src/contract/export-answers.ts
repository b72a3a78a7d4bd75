import { z } from 'zod';

/** A table as CSV. */
export const csvAnswer = {
  description: 'The table, as a stream',
  content: { 'text/csv': { schema: z.string() } },
};
