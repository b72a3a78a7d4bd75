import { setTimeout as sleep } from 'node:timers/promises';
import pg from 'pg';
import { defaultMigrationsFolder, listMigrations } from './migration-files.js';

/** The database lacks migrations that this program was built with. */
export class OutdatedSchemaError extends Error {
  override readonly name = 'OutdatedSchemaError';
  readonly code = 'schema_outdated';

  constructor(
    /** In the order in which they are applied. */
    readonly missing: readonly string[],
    needed: number,
  ) {
    const what =
      missing.length === needed
        ? 'The database has no schema of Pledgeline'
        : 'The schema of the database is older than this program';
    super(`${what}: it lacks ${missing.join(', ')}. Run \`pnpm db:migrate\` on it.`);
  }
}

/** undefined_table. */
const NO_TABLE = '42P01';
let builtWith: Promise<readonly string[]> | undefined;

function neededMigrations(): Promise<readonly string[]> {
  builtWith ??= listMigrations(defaultMigrationsFolder());
  return builtWith;
}

/**
 * Checks that the database has every migration that this program was built with. Newer ones are fine: a release also works
 * with the schema of the next one.
 *
 * @throws OutdatedSchemaError; any other error means that the database could not be asked
 */
export async function checkSchema(pool: pg.Pool): Promise<void> {
  const needed = await neededMigrations();
  const missing = await findMissing(pool, needed);
  if (missing.length > 0) throw new OutdatedSchemaError(missing, needed.length);
}

async function findMissing(pool: pg.Pool, needed: readonly string[]): Promise<readonly string[]> {
  try {
    const { rows } = await pool.query<{ name: string }>(
      `SELECT name FROM unnest($1::text[]) name WHERE NOT EXISTS (
         SELECT FROM _prisma_migrations
         WHERE migration_name = name AND finished_at IS NOT NULL AND rolled_back_at IS NULL)
       ORDER BY name COLLATE "C"`,
      [needed],
    );
    return rows.map(({ name }) => name);
  } catch (error) {
    if (error instanceof pg.DatabaseError && error.code === NO_TABLE) return needed;
    throw error;
  }
}

const ASK_EVERY_MS = 1_000;
const TELL_EVERY_MS = 10_000;

/**
 * Like {@link checkSchema}, but waits for a database that cannot be asked. Ends when the signal aborts.
 *
 * @throws OutdatedSchemaError
 */
export async function awaitSchema(
  pool: pg.Pool,
  options: {
    readonly signal: AbortSignal;
    /** Called with the reason, at once and then every ten seconds. */
    readonly onWait: (error: unknown) => void;
  },
): Promise<void> {
  // Read first: a program without its list of migrations is broken, so it must not wait for the database.
  await neededMigrations();
  let toldAt = Number.NEGATIVE_INFINITY;
  while (!options.signal.aborted) {
    try {
      return await checkSchema(pool);
    } catch (error) {
      if (error instanceof OutdatedSchemaError) throw error;
      if (performance.now() - toldAt >= TELL_EVERY_MS) {
        toldAt = performance.now();
        options.onWait(error);
      }
    }
    await sleep(ASK_EVERY_MS, undefined, { signal: options.signal }).catch(() => undefined);
  }
}
