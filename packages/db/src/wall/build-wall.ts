import type pg from 'pg';

/**
 * Builds the wall, and adds to it the tables that have come since: see `build_wall()` in the migrations. A schema from before
 * there was a wall stays as it is. May be called any number of times, also at once.
 *
 * @returns false when this user of Postgres may not make the role
 */
export async function buildWall(connection: pg.ClientBase): Promise<boolean> {
  const found = await connection.query(`SELECT WHERE to_regprocedure('build_wall()') IS NOT NULL`);
  if (found.rowCount === 0) return true;
  const { rows } = await connection.query<{ built: boolean }>('SELECT build_wall() AS built');
  return rows[0]?.built === true;
}
