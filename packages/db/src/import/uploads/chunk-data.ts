import { z } from 'zod';

/** What a row packer writes and a chunk stores: the header row of its file, and its rows. */
export const chunkDataSchema = z.object({ headers: z.array(z.string()), rows: z.array(z.array(z.string())) });

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
