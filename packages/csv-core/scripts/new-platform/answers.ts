import { parseArgs } from 'node:util';
import { normalizeHeader } from '../../src/header/normalize-header.js';
import { type ColumnAssignment, columnAssignmentSchema } from '../../src/mapping/column-assignment.js';
import { type PledgeStatus, pledgeStatusSchema } from '../../src/schemas/pledge.js';
import { parseCurrency } from '../../src/values/currency.js';
import type { DateOrder } from '../../src/values/date.js';

export const USAGE = `pnpm new:platform NAME file.csv [answers]

Writes a platform from one of its real files: columns, fixtures with invented people, and what is left to decide.

  --title TEXT            name of the platform for people
  --as 'HEADER=FIELD'     what a column holds: a field, kept, ignored, question or item; as often as needed
  --status 'WORD=STATUS'  what a word for the payment status means: ${pledgeStatusSchema.options.join(', ')}
  --others question       columns that are not listed hold answers of backers; without this they are only kept
  --currency CODE         currency of all amounts
  --date-order mdy|dmy    order of day and month in all dates such as 03/04/2024
`;

/** What the developer knows already and gives on the command line. */
export interface Answers {
  readonly title: string | null;
  /** Normalised header to meaning, in the order of the command line. */
  readonly as: ReadonlyMap<string, ColumnAssignment['as']>;
  /** Word in lower case to status. */
  readonly statuses: ReadonlyMap<string, PledgeStatus>;
  readonly others: 'question' | 'unknown';
  readonly currency: string | null;
  readonly dateOrder: DateOrder | null;
}

export interface Command {
  readonly name: string;
  readonly file: string;
  readonly answers: Answers;
}

/** The command line is not valid. */
export class UsageError extends Error {
  override readonly name = 'UsageError';
}

/** @throws UsageError */
export function readCommand(args: readonly string[]): Command {
  const { values, positionals } = parse(args.filter((arg) => arg !== '--'));
  const [name, file, ...rest] = positionals;
  if (name === undefined || file === undefined || rest.length > 0) throw new UsageError(USAGE);
  if (!/^[a-z][a-z0-9]*(?:-[a-z0-9]+)*$/.test(name)) {
    throw new UsageError(`"${name}" is not a name for a platform. Write it like some-shop.`);
  }
  return {
    name,
    file,
    answers: {
      title: values.title ?? null,
      as: pairs(values.as, normalizeHeader, readAs),
      statuses: pairs(values.status, (word) => word.toLowerCase(), readStatus),
      others: oneOf('others', values.others, ['question', 'unknown'] as const) ?? 'unknown',
      currency: values.currency === undefined ? null : readCurrency(values.currency),
      dateOrder: oneOf('date-order', values['date-order'], ['mdy', 'dmy'] as const) ?? null,
    },
  };
}

function parse(args: readonly string[]) {
  const text = { type: 'string' } as const;
  const several = { type: 'string', multiple: true } as const;
  try {
    return parseArgs({
      args: [...args],
      allowPositionals: true,
      options: {
        title: text,
        as: several,
        status: several,
        others: text,
        currency: text,
        'date-order': text,
      },
    });
  } catch (error) {
    throw new UsageError(`${error instanceof Error ? error.message : error}\n\n${USAGE}`, { cause: error });
  }
}

/** Reads `Header=field`. The last equals sign separates the two, because a header may contain one. */
function pairs<T>(
  given: readonly string[] = [],
  readKey: (text: string) => string,
  readValue: (text: string) => T,
): ReadonlyMap<string, T> {
  return new Map(
    given.map((pair) => {
      const at = pair.lastIndexOf('=');
      if (at < 1) throw new UsageError(`"${pair}" is not valid. Write it like NAME=MEANING.`);
      return [readKey(pair.slice(0, at)), readValue(pair.slice(at + 1))];
    }),
  );
}

function readAs(text: string): ColumnAssignment['as'] {
  const read = columnAssignmentSchema.shape.as.safeParse(text);
  if (read.success) return read.data;
  throw new UsageError(
    `"${text}" is not a field. Use one of: ${columnAssignmentSchema.shape.as.options.join(', ')}.`,
  );
}

function readStatus(text: string): PledgeStatus {
  const read = pledgeStatusSchema.safeParse(text);
  if (read.success) return read.data;
  throw new UsageError(`"${text}" is not a status. Use one of: ${pledgeStatusSchema.options.join(', ')}.`);
}

function readCurrency(text: string): string {
  const read = parseCurrency(text);
  if (read.ok) return read.value;
  throw new UsageError(`"${text}" is not a currency. Write its ISO 4217 code.`);
}

function oneOf<T extends string>(
  option: string,
  text: string | undefined,
  words: readonly T[],
): T | undefined {
  if (text === undefined) return undefined;
  const word = words.find((each) => each === text);
  if (word === undefined) throw new UsageError(`--${option} must be one of: ${words.join(', ')}.`);
  return word;
}
