import pg from 'pg';
import { MigrationError } from './migration-error.js';

/** A migration that was begun on this database and not marked as rolled back. */
export interface MigrationRow {
  readonly name: string;
  readonly checksum: string;
  readonly startedAt: Date;
  /** Null: it did not finish. No process is running it, since we hold the lock. */
  readonly finishedAt: Date | null;
  /** The error, if it could be recorded. */
  readonly logs: string | null;
}

/** The history of migrations of a database, in the table of `prisma migrate`. */
export interface MigrationHistory {
  /** The table, quoted, with its schema: a migration may change the search path. */
  readonly table: string;
  readonly rows: readonly MigrationRow[];
}

/** Reads the history, and begins one in a database without tables. */
export async function openHistory(session: pg.ClientBase): Promise<MigrationHistory> {
  const table = (await findTable(session)) ?? (await createTable(session));
  const { rows } = await session.query<MigrationRow>(
    `SELECT migration_name AS name, checksum, started_at AS "startedAt", finished_at AS "finishedAt", logs
     FROM ${table} WHERE rolled_back_at IS NULL ORDER BY started_at, migration_name`,
  );
  return { table, rows };
}

async function findTable(session: pg.ClientBase): Promise<string | undefined> {
  const { rows } = await session.query<{ schema: string }>(
    `SELECT relnamespace::regnamespace::text AS schema FROM pg_class WHERE oid = to_regclass('_prisma_migrations')`,
  );
  return rows[0] && `${rows[0].schema}._prisma_migrations`;
}

async function createTable(session: pg.ClientBase): Promise<string> {
  const { rows } = await session.query<{ schema: string; foreign: string | null }>(
    // Tables of an extension, such as PostGIS, do not count.
    `SELECT current_schema() AS schema, (
       SELECT min(relname) FROM pg_class JOIN pg_namespace ON pg_namespace.oid = relnamespace
       WHERE nspname = current_schema() AND relkind IN ('r', 'p', 'v', 'm', 'f') AND NOT EXISTS (
         SELECT FROM pg_depend
         WHERE classid = 'pg_class'::regclass AND objid = pg_class.oid AND deptype = 'e')) AS foreign`,
  );
  const [found] = rows;
  if (found === undefined) throw new Error('Postgres did not say which schema is the current one.');
  if (found.foreign !== null) {
    throw new MigrationError(
      'DATABASE_NOT_EMPTY',
      `This database already has tables (${found.foreign}) and no history of migrations. Check DATABASE_URL: Pledgeline needs an empty database.`,
    );
  }
  const table = `${pg.escapeIdentifier(found.schema)}._prisma_migrations`;
  // Exactly the table that prisma migrate creates.
  await session.query(`CREATE TABLE ${table} (
    id                  VARCHAR(36) PRIMARY KEY NOT NULL,
    checksum            VARCHAR(64) NOT NULL,
    finished_at         TIMESTAMPTZ,
    migration_name      VARCHAR(255) NOT NULL,
    logs                TEXT,
    rolled_back_at      TIMESTAMPTZ,
    started_at          TIMESTAMPTZ NOT NULL DEFAULT now(),
    applied_steps_count INTEGER NOT NULL DEFAULT 0
  )`);
  return table;
}
