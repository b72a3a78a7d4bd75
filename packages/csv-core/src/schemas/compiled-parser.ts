import * as z from 'zod/mini';

/**
 * Zod writes a function for the schema, six times as fast. The compiler is 10 kB of a page, which reads one file and often forbids
 * generated code: there the build puts `plain-parser.ts` in place of this file (`imports` in package.json).
 */
export function parserOf<Schema extends z.core.$ZodType>(schema: Schema): Schema {
  return z.compile(schema);
}
