import { createHash } from 'node:crypto';
import { appendFile, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, inject, it, vi } from 'vitest';
import { applyMigrations, type MigrateOptions } from './apply-migrations.js';
import { createEmptyDatabase, type EmptyDatabase } from './test-support/empty-database.js';

let db: EmptyDatabase;
let notices: string[];

const migrate = (options: Partial<MigrateOptions> = {}) =>
  applyMigrations({
    connectionString: db.url,
    migrationsFolder: db.folder,
    notify: (message) => notices.push(message),
    ...options,
  });

const migrationNames = async () =>
  (await db.ask<{ name: string }>('SELECT migration_name AS name FROM _prisma_migrations ORDER BY 1')).map(
    ({ name }) => name,
  );

beforeEach(async () => {
  db = await createEmptyDatabase(inject('testPostgres').adminUrl);
  notices = [];
});

afterEach(() => db.drop());

describe('applyMigrations', () => {
  it('applies every migration once, with notices, and keeps the history as prisma migrate does', async () => {
    const folders = (await readdir(db.folder)).filter((name) => !name.includes('.')).sort();
    const { url: connectionString } = db;
    expect(await applyMigrations({ connectionString })).toEqual({ applied: folders, unknown: [] });
    expect(await migrate()).toEqual({ applied: [], unknown: [] });
    expect(notices).toEqual([]);

    const rows = await db.ask<{ migration_name: string }>(
      'SELECT * FROM _prisma_migrations ORDER BY migration_name',
    );
    const expected = folders.map(async (name) => ({
      id: expect.stringMatching(/^[\da-f-]{36}$/),
      checksum: createHash('sha256')
        .update(await readFile(join(db.folder, name, 'migration.sql')))
        .digest('hex'),
      finished_at: expect.any(Date),
      migration_name: name,
      logs: null,
      rolled_back_at: null,
      started_at: expect.any(Date),
      applied_steps_count: 1,
    }));
    expect(rows).toEqual(await Promise.all(expected));
  });

  it('may run in several processes at once: one applies, the others wait and find nothing to do', async () => {
    await migrate();
    notices = [];
    const gate = await db.connect();
    try {
      await gate.query('SELECT pg_advisory_lock(1)');
      await db.addMigration('20990101000000_slow', 'SELECT pg_advisory_lock(1);');
      const migrated = Promise.all([1, 2, 3, 4].map(() => migrate({ lockTimeoutMs: 60_000 })));
      const waiting = 'Another process migrates this database; waiting for it.';
      await vi.waitFor(() => expect(notices).toEqual([waiting, waiting, waiting]), { timeout: 30_000 });
      await gate.query('SELECT pg_advisory_unlock(1)');
      const outcomes = await migrated;
      expect(outcomes.flatMap(({ applied }) => applied)).toEqual(['20990101000000_slow']);
    } finally {
      await gate.end();
    }
  });

  it('builds an index concurrently while another process waits for its turn', async () => {
    await migrate();
    await db.addMigration(
      '20990101000000_index',
      [
        '-- No transaction: CREATE INDEX CONCURRENTLY refuses to run in one.',
        'CREATE INDEX CONCURRENTLY merchant_name_idx ON merchant (name);',
      ].join('\n'),
    );
    const outcomes = await Promise.all([1, 2, 3].map(() => migrate()));
    expect(outcomes.flatMap(({ applied }) => applied)).toEqual(['20990101000000_index']);
    expect(
      await db.ask(
        `SELECT indisvalid FROM pg_index WHERE indexrelid = to_regclass('merchant_name_idx')
         UNION ALL
         SELECT finished_at IS NOT NULL FROM _prisma_migrations WHERE migration_name LIKE '2099%'`,
      ),
    ).toEqual([{ indisvalid: true }, { indisvalid: true }]);
  });

  it('sends a migration as a whole, because semicolons in function bodies and strings do not end statements', async () => {
    await migrate();
    await db.addMigration(
      '20990101000000_function',
      `CREATE FUNCTION semicolon() RETURNS text LANGUAGE plpgsql AS $$ BEGIN RETURN 'a;b'; END $$;`,
    );
    await migrate();
    expect(await db.ask('SELECT semicolon() AS text')).toEqual([{ text: 'a;b' }]);
  });

  it('does not let one migration set anything for the next', async () => {
    await migrate();
    await db.addMigration(
      '20990101000000_settings',
      `SELECT set_config('search_path', '', false); SET lock_timeout = 1`,
    );
    await db.addMigration('20990101000001_table', 'CREATE TABLE next ()');
    await migrate();
    expect(await db.ask(`SELECT to_regclass('public.next')::text AS next`)).toEqual([{ next: 'next' }]);
  });

  it('ignores the statement timeout of its role', async () => {
    await migrate();
    await db.ask(`ALTER DATABASE ${new URL(db.url).pathname.slice(1)} SET statement_timeout = '200ms'`);
    await db.addMigration('20990101000000_slow', 'SELECT pg_sleep(0.5);');
    expect((await migrate()).applied).toEqual(['20990101000000_slow']);
  });

  it('stops before the next migration when its signal aborts', async () => {
    await migrate();
    await db.addMigration('20990101000000_one', 'CREATE TABLE one ()');
    await db.addMigration('20990101000001_two', 'CREATE TABLE two ()');
    const stop = new AbortController();
    const stopped = migrate({ signal: stop.signal, notify: () => stop.abort(new Error('Ctrl-C')) });
    await expect(stopped).rejects.toThrow('Ctrl-C');
    expect((await migrate()).applied).toEqual(['20990101000001_two']);
  });
});

describe('a history of migrations that does not match the files', () => {
  it('is refused when an applied file was changed, and names the file', async () => {
    const [first = ''] = (await migrate()).applied;
    await appendFile(join(db.folder, first, 'migration.sql'), '-- one more thing');
    await db.addMigration('20990101000000_next', 'CREATE TABLE next ()');
    await expect(migrate()).rejects.toMatchObject({
      name: 'MigrationError',
      code: 'MIGRATION_EDITED',
      message: `Changed after this database had applied it: ${first}/migration.sql. Restore the file and put the change into a new migration.`,
    });
    expect(await db.ask(`SELECT to_regclass('next') AS next`)).toEqual([{ next: null }]);
  });

  it('is accepted when git changed the line ends of a file', async () => {
    const [first = ''] = (await migrate()).applied;
    const path = join(db.folder, first, 'migration.sql');
    await writeFile(path, (await readFile(path, 'utf8')).replaceAll('\n', '\r\n'));
    expect(await migrate()).toEqual({ applied: [], unknown: [] });
  });

  it('is accepted with the unknown migrations reported when a newer release has migrated', async () => {
    await migrate();
    await db.addMigration('20990101000000_newer', 'CREATE TABLE newer ()');
    await migrate();
    await rm(join(db.folder, '20990101000000_newer'), { recursive: true });
    await db.addMigration('20980101000000_late', 'CREATE TABLE late ()');
    expect(await migrate()).toEqual({
      applied: ['20980101000000_late'],
      unknown: ['20990101000000_newer'],
    });
  });

  it('does not stop an older release when a newer one failed half-way', async () => {
    await migrate();
    await db.ask(
      `INSERT INTO _prisma_migrations (id, checksum, migration_name) VALUES ('1', '', '20990101000000_newer')`,
    );
    expect(await migrate()).toEqual({ applied: [], unknown: ['20990101000000_newer'] });
  });

  it('is refused when there are tables without a history', async () => {
    await db.ask('CREATE TABLE somebody_elses ()');
    await expect(migrate()).rejects.toMatchObject({
      code: 'DATABASE_NOT_EMPTY',
      message: expect.stringContaining('somebody_elses'),
    });
    expect(await db.ask(`SELECT to_regclass('_prisma_migrations') AS history`)).toEqual([{ history: null }]);
  });

  it('is refused when a folder has no migration.sql', async () => {
    await db.addMigration('20990101000000_gone', '');
    await rm(join(db.folder, '20990101000000_gone', 'migration.sql'));
    await expect(migrate()).rejects.toMatchObject({
      code: 'MIGRATION_FILE_NOT_FOUND',
      message: expect.stringContaining('20990101000000_gone'),
    });
  });
});

describe('a migration that fails', () => {
  beforeEach(() => migrate());

  it('leaves nothing behind, not even a row, so that the next run tries again', async () => {
    const before = await migrationNames();
    await db.addMigration('20990101000000_broken', 'CREATE TABLE half (); SELECT nonsense;');
    for (const _run of [1, 2]) {
      await expect(migrate()).rejects.toMatchObject({
        code: 'MIGRATION_FAILED',
        message:
          'Migration 20990101000000_broken failed and was rolled back as a whole: column "nonsense" does not exist',
        cause: expect.objectContaining({ code: '42703' }),
      });
    }
    expect(await db.ask(`SELECT to_regclass('half') AS half`)).toEqual([{ half: null }]);
    expect(await migrationNames()).toEqual(before);

    await writeFile(join(db.folder, '20990101000000_broken', 'migration.sql'), 'CREATE TABLE half ();');
    expect((await migrate()).applied).toEqual(['20990101000000_broken']);
  });

  it('at its commit leaves nothing behind either', async () => {
    await db.addMigration(
      '20990101000000_deferred',
      `CREATE TABLE parent (id int PRIMARY KEY);
       CREATE TABLE child (id int REFERENCES parent DEFERRABLE INITIALLY DEFERRED);
       INSERT INTO child VALUES (1);`,
    );
    await expect(migrate()).rejects.toMatchObject({ code: 'MIGRATION_FAILED' });
    expect(await db.ask(`SELECT to_regclass('child') AS child`)).toEqual([{ child: null }]);
    expect(await migrationNames()).not.toContain('20990101000000_deferred');
  });

  it.each([
    [
      'without a transaction',
      '-- No transaction: for the test.\nCREATE UNIQUE INDEX CONCURRENTLY twice_idx ON twice (id)',
      /could not create unique index/,
    ],
    ['after a COMMIT of its own', 'CREATE TABLE half (); COMMIT; SELECT nonsense;', /nonsense/],
  ])('%s blocks all further runs until a person resolves it', async (_how, sql, reason) => {
    await db.ask('CREATE TABLE twice (id int); INSERT INTO twice VALUES (1), (1)');
    const name = '20990101000000_half';
    await db.addMigration(name, sql);
    for (const _run of [1, 2]) {
      const refusal = await migrate().catch((error: unknown) => error);
      expect(refusal).toMatchObject({ code: 'MIGRATION_UNRESOLVED' });
      expect(String(refusal)).toMatch(reason);
      expect(String(refusal)).toContain(`WHERE migration_name = '${name}' AND finished_at IS NULL`);
    }
    const [remedy = ''] = /UPDATE .*;/.exec(String(await migrate().catch((error: unknown) => error))) ?? [];
    await writeFile(join(db.folder, name, 'migration.sql'), 'CREATE TABLE IF NOT EXISTS half ()');
    await db.ask(remedy);
    expect((await migrate()).applied).toEqual([name]);
  });

  it('because it holds a ROLLBACK is not recorded as applied', async () => {
    await db.addMigration('20990101000000_undone', 'CREATE TABLE undone (); ROLLBACK;');
    await expect(migrate()).rejects.toMatchObject({
      code: 'MIGRATION_FAILED',
      message: expect.stringContaining('ROLLBACK'),
    });
  });
});

describe('a migration that does not get its locks', () => {
  beforeEach(async () => {
    await migrate();
    notices = [];
    await db.addMigration('20990101000000_motto', 'ALTER TABLE merchant ADD COLUMN motto text');
  });

  it('lets others pass, names the session that holds them, and is applied when they are free', async () => {
    const reader = await db.connect();
    try {
      await reader.query(`SET application_name = 'a long report'`);
      await reader.query('BEGIN');
      await reader.query('SELECT count(*) FROM merchant');
      const migrated = migrate({ lockTimeoutMs: 50 });
      await vi.waitFor(() => expect(notices.length).toBeGreaterThan(0), { timeout: 20_000 });
      expect(notices[0]).toMatch(
        /^20990101000000_motto does not get its locks and tries again\. Oldest transaction: pid \d+ \(a long report, idle in transaction\), since /,
      );
      // If the migration waited without a limit, this query would queue behind it.
      await db.ask(`SET lock_timeout = '20s'; SELECT count(*) FROM merchant`);
      await reader.query('COMMIT');
      expect((await migrated).applied).toEqual(['20990101000000_motto']);
    } finally {
      await reader.end();
    }
  });

  it('gives up after its time limit, with nothing changed', async () => {
    const reader = await db.connect();
    try {
      await reader.query('BEGIN');
      await reader.query('SELECT count(*) FROM merchant');
      await expect(migrate({ lockTimeoutMs: 50, patienceMs: 0 })).rejects.toMatchObject({
        code: 'MIGRATION_BLOCKED',
        message: expect.stringContaining('20990101000000_motto'),
      });
    } finally {
      await reader.end();
    }
    expect(await migrationNames()).not.toContain('20990101000000_motto');
  });
});
