import type * as z from 'zod/mini';

/** The schema as it is, in place of `compiled-parser.ts` in pages. */
export function parserOf<Schema extends z.core.$ZodType>(schema: Schema): Schema {
  return schema;
}
