import { PrismaPg } from '@prisma/adapter-pg';
import {
  ColumnTypeEnum,
  DriverAdapterError,
  type SqlDriverAdapter,
  type SqlMigrationAwareDriverAdapterFactory,
  type SqlQuery,
  type SqlResultSet,
} from '@prisma/driver-adapter-utils';
import pg from 'pg';

/**
 * Prisma's adapter for `pg`, with three repairs, without which version 7.10 does not work with the schema engine:
 *
 * - It splits a migration at every semicolon, also in function bodies and strings. We send the script as a whole, as the
 *   engine's binary does: Postgres splits it and runs it as one transaction.
 * - It does not know the one-byte type "char" of the catalog, which the tables of constraints use.
 * - Its shadow database is the main one when the address is a connection string. We never use a shadow database.
 */
export function migrationAdapterFactory(pool: pg.Pool): SqlMigrationAwareDriverAdapterFactory {
  const factory = new PrismaPg(pool);
  return {
    provider: factory.provider,
    adapterName: factory.adapterName,
    async connect() {
      return repair(await factory.connect(), pool);
    },
    connectToShadowDb() {
      throw new Error('Shadow databases are not used here.');
    },
  };
}

function repair(adapter: SqlDriverAdapter, pool: pg.Pool): SqlDriverAdapter {
  return {
    provider: adapter.provider,
    adapterName: adapter.adapterName,
    executeRaw: (query) => adapter.executeRaw(query),
    queryRaw: async (query) => withCharColumns(await adapter.queryRaw(castCharColumns(query))),
    executeScript: async (script) => {
      try {
        await pool.query(script);
      } catch (error) {
        throw describable(error);
      }
    },
    startTransaction: (isolationLevel) => adapter.startTransaction(isolationLevel),
    dispose: () => adapter.dispose(),
  };
}

/** The error in the form that the engine logs and reports; it ignores the message of any other error. */
function describable(error: unknown): unknown {
  if (!(error instanceof pg.DatabaseError)) return error;
  return new DriverAdapterError({
    kind: 'postgres',
    code: error.code ?? '',
    severity: error.severity ?? '',
    message: error.message,
    detail: error.detail,
    column: error.column,
    hint: error.hint,
  });
}

/** Columns of type "char" in the engine's queries on pg_constraint. */
const CHAR_COLUMNS = /\b(con1?|constr)\.(contype|confdeltype|confupdtype)\b/g;
const CHAR_RESULTS: ReadonlySet<string> = new Set(['constraint_type', 'confdeltype', 'confupdtype']);

function castCharColumns(query: SqlQuery): SqlQuery {
  return { ...query, sql: query.sql.replace(CHAR_COLUMNS, '$&::text') };
}

function withCharColumns(result: SqlResultSet): SqlResultSet {
  const columnTypes = result.columnTypes.map((type, index) =>
    CHAR_RESULTS.has(result.columnNames[index] ?? '') ? ColumnTypeEnum.Character : type,
  );
  return { ...result, columnTypes };
}
