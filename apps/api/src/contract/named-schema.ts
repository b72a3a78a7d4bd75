import { z } from 'zod';

/** A schema of `csv-core` under a name in the document. It is a copy, so that the schema itself has no name elsewhere. */
export function namedSchema<T extends z.core.$ZodType>(schema: T, id: string): T {
  const copy = z.clone(schema);
  z.globalRegistry.add(copy, { id });
  return copy;
}
