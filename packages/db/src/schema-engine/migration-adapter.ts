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
 * Prisma's adapter for `pg`, repaired in three places where 7.10 cannot serve the schema engine:
 *
 * - it cuts a migration at every semicolon, in a function body or a string too. We send the script whole,
 *   as the engine's binary does: Postgres cuts it and runs it as one transaction.
 * - it does not know the catalog's one-byte type "char", of which constraints are full.
 * - its shadow database is the main one when the address is a connection string. We never use a shadow.
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

/** The engine writes into its log and error what it is told in this shape, and nothing of any other error. */
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

/** As they stand in the engine's queries on pg_constraint. */
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
