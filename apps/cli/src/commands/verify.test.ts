import { randomUUID } from 'node:crypto';
import { createApiKey, createDatabase, type Database } from '@pledgeline/db';
import { cloneDatabase, processUpload, receiveCsv, startTestPostgres } from '@pledgeline/db/testing';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { styleFor } from '../report/style.js';
import { runHere } from '../test-support/run-here.js';
import { renderChecks } from './verify.js';

let url: string;
let db: Database;
let stop: () => Promise<void>;

beforeAll(async () => {
  const postgres = await startTestPostgres();
  ({ url } = await cloneDatabase(postgres.address));
  stop = postgres.stop;
  db = createDatabase({ connectionString: url, maxConnections: 2 });
});

afterAll(async () => {
  await db.close();
  await stop();
});

async function importOrders(): Promise<string> {
  const { merchantId } = await createApiKey(db, 'Ada Games', 'test');
  const csv = 'Order ID,Email,Total,Currency,SKU\n1,ada@example.com,5.00,EUR,MUG\n2,nobody,5.00,EUR,MUG\n';
  const { id } = await receiveCsv(db, { merchantId, campaign: 'Lamp', csv, chunkRows: 10 });
  await processUpload(db, id);
  return id;
}

function verify(id: string, environment: NodeJS.ProcessEnv = { DATABASE_URL: url }, ...more: string[]) {
  return runHere(['verify', id, ...more], environment);
}

describe('The command verify', () => {
  it('ticks every check of a sound upload, and ends with exit code 1 when a check does not hold', async () => {
    const id = await importOrders();
    const sound = await verify(id);
    expect(sound).toMatchObject({ code: 0, stderr: '' });
    expect(sound.stdout).toMatch(/^(?:✓ \S+ +[A-Z].*\.\n)+$/);

    const json = await verify(id, { DATABASE_URL: url }, '--json');
    expect(json.stdout.split('\n')).toHaveLength(2);
    expect(JSON.parse(json.stdout)).toMatchObject({ upload: id, checks: { length: 16 } });

    await db.pool.query('UPDATE inventory SET committed = 9');
    const damaged = await verify(id);
    expect(damaged).toMatchObject({ code: 1, stderr: '1 of 16 checks do not hold.\n' });
    expect(damaged.stdout).toMatch(/^✗ inventory +\S+ MUG: 9 in the inventory, 1 counted$/m);
    expect(damaged.stdout.match(/^✓/gm)).toHaveLength(15);
  });

  it('reports a missing upload or a missing DATABASE_URL', async () => {
    const id = randomUUID();
    const absent = await verify(id);
    expect(absent).toMatchObject({ code: 3, stdout: '' });
    expect(absent.stderr).toContain(`There is no upload ${id}.`);
    expect((await verify(id, {})).stderr).toContain('DATABASE_URL is not set.');
    expect(await verify('backers.csv')).toMatchObject({ code: 2 });
  });

  it('prints control characters of cells without letting the terminal obey them', () => {
    const checks = [{ check: 'inventory', holds: false, detail: 'ADD_ON \u001b[2J: 1 in the inventory' }];
    expect(renderChecks(checks, styleFor({}, { noColor: true }))).toBe(
      '✗ inventory  ADD_ON ·[2J: 1 in the inventory\n',
    );
  });
});
