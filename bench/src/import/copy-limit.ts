import { createReadStream, createWriteStream } from 'node:fs';
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import type { LocalPostgres } from '@pledgeline/local-services';
import { from as copyFrom, to as copyTo } from 'pg-copy-streams';
import { freshDatabase, withClient } from './bench-database.js';
import { countRows, importTables, mustEqual, ownerTables, type RowCounts } from './tables.js';

/** Writes each table of an import to a file, in the format of COPY. */
export async function dumpTables(connectionString: string, folder: string): Promise<void> {
  await mkdir(folder, { recursive: true });
  await withClient(connectionString, async (client) => {
    for (const table of [...ownerTables, ...importTables]) {
      await pipeline(client.query(copyTo(`COPY ${table} TO STDOUT`)), createWriteStream(join(folder, table)));
    }
  });
}

/**
 * Measures the lower limit of an import, in milliseconds: COPY of the rows in `folder`, table after table on one
 * connection, into empty tables with all their indexes and constraints.
 */
export async function measureCopy(
  postgres: LocalPostgres,
  folder: string,
  expected: RowCounts,
): Promise<number> {
  return withClient(await freshDatabase(postgres, 'copied'), async (client) => {
    const copy = (table: string): Promise<void> =>
      pipeline(
        createReadStream(join(folder, table), { highWaterMark: 1_048_576 }),
        client.query(copyFrom(`COPY ${table} FROM STDIN`)),
      );
    for (const table of ownerTables) await copy(table);
    const begun = performance.now();
    for (const table of importTables) await copy(table);
    const took = performance.now() - begun;
    mustEqual('COPY', await countRows(client, importTables), expected);
    return took;
  });
}
