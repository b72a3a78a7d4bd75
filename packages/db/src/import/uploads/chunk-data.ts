import { z } from 'zod';

const headersSchema = z.array(z.string());

/** What a chunk stores: its rows, and, until the second copy goes, the header row of its file. */
export const storedDataSchema = z.object({
  headers: headersSchema.optional(),
  rows: z.array(z.array(z.string())),
});

/** The rows of a chunk, and the header row that they are below. */
export interface ChunkData {
  readonly headers: readonly string[];
  readonly rows: string[][];
}

/**
 * Reads what a chunk stores.
 *
 * @param ofFile the header row as the chunk's file stores it; null where a release without that column has stored the file
 * @throws Error when neither of them has the header row; ZodError when one has another form
 */
export function readChunkData(data: unknown, ofFile: unknown): ChunkData {
  const { headers = headersSchema.nullable().parse(ofFile), rows } = storedDataSchema.parse(data);
  if (headers === null) throw new Error('A chunk was stored without the header row of its file');
  return { headers, rows };
}
