import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import pg from 'pg';
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import { defaultMigrationsFolder } from '../migrations/migration-files.js';
import { cloneDatabase } from '../test-support/template-database.js';
import { diffSchema } from './diff-schema.js';

const schema = await readFile(join(defaultMigrationsFolder(), '..', 'schema.prisma'), 'utf8');
let database: Awaited<ReturnType<typeof cloneDatabase>>;
let client: pg.Client;

beforeAll(async () => {
  database = await cloneDatabase(inject('testPostgres'));
  client = new pg.Client(database.url);
  await client.connect();
});

afterAll(async () => {
  await client.end();
  await database.drop();
});

describe('the migrations', () => {
  it('lead to what schema.prisma declares (if not, run: pnpm db:new-migration NAME)', async () => {
    expect(await diffSchema({ connectionString: database.url, schema })).toBe('');
  });

  it('are found to differ from a schema with one more column', async () => {
    const changed = schema.replace('model Merchant {', 'model Merchant {\n  motto String?');
    expect(await diffSchema({ connectionString: database.url, schema: changed })).toContain('"motto"');
  });

  it('are found to differ from a schema with another partial index', async () => {
    const changed = schema.replace(`'PROCESSING'::\\"UploadStatus\\"])`, `'FAILED'::\\"UploadStatus\\"])`);
    expect(changed).not.toBe(schema);
    expect(await diffSchema({ connectionString: database.url, schema: changed })).toContain(
      '_unfinished_idx',
    );
  });

  it('contain what Prisma cannot declare', async () => {
    const checks = await client.query(
      `SELECT conname FROM pg_constraint
       WHERE contype = 'c' AND connamespace = 'public'::regnamespace ORDER BY conname`,
    );
    expect(checks.rows.map((row: { conname: string }) => row.conname)).toEqual([
      'csv_upload_chunk_every_row_check',
      'csv_upload_chunk_imported_count_check',
      'csv_upload_chunk_left_out_count_check',
      'csv_upload_chunk_rejected_count_check',
    ]);
  });

  it('make a partial index that the search for unfinished uploads uses', async () => {
    await client.query('SET enable_seqscan = off');
    const plan = await client.query(
      `EXPLAIN SELECT id FROM csv_upload WHERE status IN ('PENDING', 'PROCESSING') ORDER BY status, id`,
    );
    expect(JSON.stringify(plan.rows)).toContain('csv_upload_unfinished_idx');
  });
});
