import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { queueVariables } from '@pledgeline/queue';
import { z } from 'zod';

const wholeNumber = (min: number, max: number) => z.coerce.number().int().min(min).max(max);

const isOrigin = (text: string) => text === '*' || (URL.canParse(text) && new URL(text).origin === text);

/** Every environment variable that the API reads; the inferred type is its configuration. */
export const environmentSchema = z
  .object({
    DATABASE_URL: z
      .url({ protocol: /^postgres(?:ql)?$/, error: 'must be postgres://user:password@host:port/database' })
      .describe('The Postgres that holds everything'),
    ...queueVariables,
    HOST: z.string().default('0.0.0.0').describe('Address to listen on; 127.0.0.1 keeps other machines out'),
    PORT: wholeNumber(0, 65_535).default(3000).describe('Port to listen on; 0 takes a free one'),
    DATABASE_CONNECTIONS: wholeNumber(2, 1_000)
      .default(10)
      .describe('Most connections to Postgres; an upload that is being received holds one at a time'),
    CHUNK_ROWS: wholeNumber(1_000, 5_000)
      .default(2_500)
      .describe('Rows in a chunk, the unit of work and retry'),
    MAX_RECORDS_LENGTH: wholeNumber(1024 ** 2, 64 * 1024 ** 2)
      .default(6 * 1024 ** 2)
      .describe(
        'A chunk ends early when its records will take this many UTF-16 units: what a worker needs for a chunk is some multiple of it',
      ),
    MAX_UPLOAD_BYTES: wholeNumber(1, Number.MAX_SAFE_INTEGER)
      .default(2 * 1024 ** 3)
      .describe('Largest file, as it is sent'),
    MAX_UNPACKED_BYTES: wholeNumber(1, Number.MAX_SAFE_INTEGER)
      .default(8 * 1024 ** 3)
      .describe('Largest file after decompression; for an archive all of its files together'),
    MAX_COMPRESSION_RATIO: wholeNumber(2, 10_000)
      .default(200)
      .describe('A file that unpacks to more than this many times its size is refused'),
    MAX_INSPECT_BYTES: wholeNumber(1_024, 256 * 1024 ** 2)
      .default(4 * 1024 ** 2)
      .describe('How much of a file POST /v1/inspect looks at'),
    MAX_ARCHIVE_FILES: wholeNumber(1, 65_535).default(1_000).describe('Most files in an archive'),
    MAX_ANSWER_BYTES: wholeNumber(64 * 1024, 64 * 1024 ** 2)
      .default(4 * 1024 ** 2)
      .describe('Longest page of a list; a page whose entries are longer ends early'),
    MAX_HEADER_LENGTH: wholeNumber(1_000, 64 * 1024 ** 2)
      .default(256 * 1024)
      .describe('Longest header row, all names together, in UTF-16 units'),
    MAX_ROWS: wholeNumber(1, 2_000_000_000).default(5_000_000).describe('Most data rows in an upload'),
    MAX_COLUMNS: wholeNumber(1, 100_000).default(2_000).describe('Most cells in a row'),
    MAX_CELL_LENGTH: wholeNumber(1, 64 * 1024 ** 2)
      .default(1024 ** 2)
      .describe('Longest cell, in UTF-16 units'),
    MAX_ROW_LENGTH: wholeNumber(1, 256 * 1024 ** 2)
      .default(4 * 1024 ** 2)
      .describe('Longest row, in UTF-16 units, delimiters and quotes included'),
    RECEIVE_TIMEOUT_MS: wholeNumber(100, 3_600_000)
      .default(60_000)
      .describe('A client that sends nothing for this long in the middle of a file is cut off'),
    MIN_RECEIVE_RATE: wholeNumber(0, 1_000_000_000)
      .default(1_000)
      .describe('Bytes a second that a client must send, measured over RECEIVE_TIMEOUT_MS of waiting for it'),
    SILENT_AFTER_MS: wholeNumber(1_000, 3_600_000)
      .default(120_000)
      .describe(
        'An upload whose file stopped coming this long ago, because its API process died, gives up its Idempotency-Key to the next request that brings it; more than RECEIVE_TIMEOUT_MS',
      ),
    RESUMABLE_DIR: z
      .string()
      .default(join(tmpdir(), 'pledgeline-resumable'))
      .describe(
        'Folder for files that are sent in parts until they are complete; all API processes must see the same one',
      ),
    MAX_MERCHANT_RESUMABLE_BYTES: wholeNumber(1, Number.MAX_SAFE_INTEGER)
      .default(8 * 1024 ** 3)
      .describe('Most bytes in that folder for one merchant, as announced'),
    MAX_RESUMABLE_BYTES: wholeNumber(1, Number.MAX_SAFE_INTEGER)
      .default(32 * 1024 ** 3)
      .describe('Most bytes in that folder for all merchants; less than its disk has'),
    STATEMENT_TIMEOUT_MS: wholeNumber(1_000, 3_600_000)
      .default(30_000)
      .describe('Postgres gives up a statement that takes longer'),
    LOCK_TIMEOUT_MS: wholeNumber(100, 3_600_000)
      .default(5_000)
      .describe('Postgres gives up a statement that waits longer for a lock'),
    MAX_UPLOADS_AT_ONCE: wholeNumber(1, 1_000)
      .default(16)
      .describe('Most files that the process reads at the same time; others wait for their turn'),
    MAX_MERCHANT_UPLOADS: wholeNumber(1, 1_000).default(4).describe('Most files of one merchant among them'),
    MAX_MERCHANT_REQUESTS: wholeNumber(1, 10_000)
      .default(8)
      .describe('Most other requests of one merchant that are answered at the same time'),
    TURN_TIMEOUT_MS: wholeNumber(0, 3_600_000)
      .default(30_000)
      .describe('How long a request waits for its turn before it is refused with 429'),
    MEMORY_BUDGET_BYTES: wholeNumber(64 * 1024 ** 2, 64 * 1024 ** 3)
      .default(64 * 1024 ** 2)
      .describe(
        'Memory that all files which are read at the same time share for the texts of workbooks and the columns of archives; others wait',
      ),
    GRACE_MS: wholeNumber(50, 3_600_000)
      .default(20_000)
      .describe('How long open requests may take when the process is stopped; less than the host allows'),
    PUBLIC_URL: z
      .url({ protocol: /^https?$/, error: 'must be http://… or https://…' })
      .optional()
      .describe('What links in answers begin with; without it they are relative'),
    PAGE_DIR: z
      .string()
      .default(fileURLToPath(new URL('../../web/dist', import.meta.url)))
      .describe('Folder of the built page for people, which is served at /app; by default that of apps/web'),
    CORS_ORIGINS: z
      .string()
      .default('')
      .transform((text) => text.split(',').map((origin) => origin.trim()))
      .transform((origins) => origins.filter((origin) => origin !== ''))
      .refine((origins) => origins.every(isOrigin), {
        error:
          'must be origins such as https://app.example.com, without a path and separated by commas, or *',
      })
      .describe('Origins whose pages may use the API in a browser; * for all. By default none'),
    ALLOW_PRIVATE_WEBHOOKS: z
      .stringbool()
      .default(false)
      .describe(
        'Webhooks may go to http and private addresses, for development; refused when NODE_ENV is production',
      ),
    WEBHOOK_PORTS: z
      .string()
      .regex(/^\d{1,5}(?: *, *\d{1,5})*$/, 'must be ports such as 443, 8443')
      .default('80, 443')
      .transform((text) => text.split(',').map(Number))
      .describe('Ports that webhooks may go to; with ALLOW_PRIVATE_WEBHOOKS any'),
    FAULTS: z
      .string()
      .optional()
      .describe('Faults for tests (packages/fault-points); refused when NODE_ENV is production'),
    NODE_ENV: z.string().optional().describe('`production` wherever it matters'),
    LOG_LEVEL: z.enum(['silent', 'fatal', 'error', 'warn', 'info', 'debug', 'trace']).default('info'),
  })
  .refine(({ FAULTS, NODE_ENV }) => FAULTS === undefined || NODE_ENV !== 'production', {
    path: ['FAULTS'],
    error: 'must not be set in production',
  })
  .refine(({ SILENT_AFTER_MS, RECEIVE_TIMEOUT_MS }) => SILENT_AFTER_MS > RECEIVE_TIMEOUT_MS, {
    path: ['SILENT_AFTER_MS'],
    error: 'must be more than RECEIVE_TIMEOUT_MS: a slow client is not dead',
  })
  .refine(({ ALLOW_PRIVATE_WEBHOOKS, NODE_ENV }) => !ALLOW_PRIVATE_WEBHOOKS || NODE_ENV !== 'production', {
    path: ['ALLOW_PRIVATE_WEBHOOKS'],
    error: 'must not be set in production',
  });

/** The API's configuration, under the names that the environment gives it. */
export type Environment = z.infer<typeof environmentSchema>;

/** Returns the configuration, or all problems at once. Each names its variable, but never its value. */
export function parseEnvironment(
  variables: Readonly<Record<string, string | undefined>>,
): { readonly environment: Environment } | { readonly problems: readonly string[] } {
  // A blank line in a .env file or a hosting panel means "not set".
  const set = Object.fromEntries(Object.entries(variables).filter(([, value]) => value?.trim()));
  const parsed = environmentSchema.safeParse(set);
  if (parsed.success) return { environment: parsed.data };
  return {
    problems: parsed.error.issues.map((issue) => {
      const name = issue.path.join('.');
      return set[name] === undefined ? `${name}: is missing` : `${name}: ${issue.message}`;
    }),
  };
}

/** Reads the environment of this process. If anything is wrong, prints all problems to stderr and exits with 1. */
export function readEnvironment(): Environment {
  const result = parseEnvironment(process.env);
  if ('environment' in result) return result.environment;
  process.stderr.write(`The configuration is not valid:\n${result.problems.map((p) => `  ${p}\n`).join('')}`);
  process.exit(1);
}
