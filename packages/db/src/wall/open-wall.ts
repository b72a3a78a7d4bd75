import pg from 'pg';
import type { Database } from '../client.js';
import { latePrisma } from '../late-prisma.js';
import { inTransaction } from '../transaction.js';
import { wallPool } from './wall-pool.js';
import { WALLED_ROLE } from './walled-query.js';

/**
 * The same database, where every query sees and changes the rows of one merchant only, also one that forgets its `where`. It
 * shares the connections of `db`; closing it closes none. If the database has no wall ({@link hasWall}), it is as `db`.
 *
 * @param merchantOf the id of the merchant for whom something is asked, read at each query and at the begin of each transaction.
 * It throws when there is none
 */
export function openWall(db: Database, merchantOf: () => string): Database {
  let known: Promise<boolean> | undefined;
  const isUp = (): Promise<boolean> => {
    known ??= hasWall(db.pool).catch((error: unknown) => {
      // Not known: the next one asks again.
      known = undefined;
      throw error;
    });
    return known;
  };
  const pool = wallPool(db.pool, { merchantOf, isUp });
  const prisma = latePrisma(pool);
  return {
    get prisma() {
      return prisma.client;
    },
    pool,
    faultPoint: db.faultPoint,
    close: () => prisma.close(),
  };
}

/** invalid_parameter_value: there is no such role; insufficient_privilege: it was not given to us. */
const NOT_OURS: ReadonlySet<string | undefined> = new Set(['22023', '42501']);

/**
 * Whether requests can be held behind the wall: the role is there, may be taken, and has its rights. All that is made by
 * `build_wall()` in the database, if its caller may make roles.
 */
export async function hasWall(pool: pg.Pool): Promise<boolean> {
  try {
    return await inTransaction(pool, async (client) => {
      await client.query(`SET LOCAL ROLE ${WALLED_ROLE}`);
      const { rows } = await client.query<{ has_rights: boolean }>(
        `SELECT coalesce(bool_and(has_table_privilege(oid, 'DELETE')), false) AS has_rights
         FROM pg_class WHERE relrowsecurity AND relnamespace = current_schema()::regnamespace`,
      );
      return rows[0]?.has_rights === true;
    });
  } catch (error) {
    if (error instanceof pg.DatabaseError && NOT_OURS.has(error.code)) return false;
    throw error;
  }
}
