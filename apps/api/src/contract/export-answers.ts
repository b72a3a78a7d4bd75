import { z } from 'zod';

/**
 * A table as CSV. The schema is about the whole text: it begins with these columns.
 *
 * @param columns their names, of letters, digits, dots and underscores
 */
export function csvAnswer(columns: readonly string[]) {
  return { description: 'The table, as a stream', content: { 'text/csv': { schema: csvText(columns) } } };
}

/** A list, as a page or as a stream of all its entries. The schema of NDJSON is that of one line. */
export function listAnswer(page: z.ZodType, entry: z.ZodObject) {
  return {
    description: 'A page of the list, or all of it as a stream',
    content: {
      'application/json': { schema: page },
      'text/csv': { schema: csvText(columnsOf(entry).map(columnName)) },
      'application/x-ndjson': { schema: entry },
    },
  };
}

/**
 * A table with columns of our own before those of a file.
 *
 * @param patterns regular expressions of the names of ours
 */
export function csvBefore(patterns: readonly string[]) {
  const pattern = `^\\uFEFF${quoted(patterns)}(,|\\r\\n)`;
  return {
    description: 'The table, as a stream',
    content: { 'text/csv': { schema: z.string().meta({ pattern }) } },
  };
}

/** Every cell is quoted, so that spreadsheets leave it as it is. */
function quoted(columns: readonly string[]): string {
  return columns.map((name) => `"${name}"`).join(',');
}

function csvText(columns: readonly string[]) {
  return z.string().meta({
    description: `UTF-8 with a byte order mark. The columns: ${columns.map((name) => `\`${name}\``).join(', ')}.`,
    pattern: `^\\uFEFF${quoted(columns).replaceAll('.', '\\.')}\\r\\n`,
  });
}

/** A column of a CSV: a member of a record, or a member of that. */
export type Column = readonly [member: string, inner?: string];

/** The columns of the records of a list, in their order. */
export function columnsOf(entry: z.ZodObject): readonly Column[] {
  return Object.entries(entry.shape).flatMap(([member, schema]): readonly Column[] =>
    schema instanceof z.ZodObject
      ? Object.keys(schema.shape).map((inner) => [member, inner] as const)
      : [[member]],
  );
}

/** What stands in the header. */
export function columnName(column: Column): string {
  return column.join('.');
}
