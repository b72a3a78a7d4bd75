import { z } from 'zod';

const headersSchema = z.array(z.string());

/** What a chunk stores: its rows. Releases before this one have stored the header row of the file with each chunk as well. */
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
 * @param ofFile the header row as the chunk's file stores it; null where a release without that column has stored both
 * @throws Error when neither of them has the header row; ZodError when one has another form
 */
export function readChunkData(data: unknown, ofFile: unknown): ChunkData {
  const { headers = headersSchema.nullable().parse(ofFile), rows } = storedDataSchema.parse(data);
  if (headers === null) throw new Error('A chunk was stored without the header row of its file');
  return { headers, rows };
}

/**
 * SQL for the data of a chunk as Postgres can look into it. It cannot process JSON that holds U+0000 or half of a surrogate
 * pair, as a file may: these become U+2400 and U+FFFD, as in `storableText`.
 *
 * @param column the name of the column, of type json
 */
export function readableData(column: string): string {
  // An escaped backslash is written otherwise first, so that no text that only looks like an escape is taken for one.
  const unambiguous = String.raw`replace(${column}::text, '\\', '\u005c')`;
  const withoutNul = String.raw`replace(${unambiguous}, '\u0000', '\u2400')`;
  return String.raw`CASE WHEN strpos(${column}::text, '\u0000') > 0 OR strpos(${column}::text, '\ud') > 0
    THEN regexp_replace(${withoutNul}, '\\ud[89a-f][0-9a-f]{2}', '\\ufffd', 'g')::json ELSE ${column} END`;
}
