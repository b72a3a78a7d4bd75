import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { readdir, readFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { MigrationError } from './migration-error.js';

/** One folder of `prisma/migrations`. */
export interface Migration {
  readonly name: string;
  readonly sql: string;
}

/**
 * The nearest `prisma/migrations` at or above this module: the copy in `dist/` when the built package runs,
 * the repository's own when its sources do.
 */
export function defaultMigrationsFolder(): string {
  const here = dirname(fileURLToPath(import.meta.url));
  for (let folder = here; ; folder = dirname(folder)) {
    const candidate = join(folder, 'prisma', 'migrations');
    if (existsSync(join(candidate, 'migration_lock.toml'))) return candidate;
    if (folder === dirname(folder)) {
      throw new MigrationError('MIGRATIONS_FOLDER_NOT_FOUND', `No prisma/migrations at or above ${here}.`);
    }
  }
}

/** The names of the migrations, in the order in which they are applied. */
export async function listMigrations(folder: string): Promise<readonly string[]> {
  const entries = await readdir(folder, { withFileTypes: true });
  return entries
    .filter((entry) => entry.isDirectory())
    .map((entry) => entry.name)
    .sort();
}

/** The migrations, in the order in which they are applied. */
export async function readMigrations(folder: string): Promise<readonly Migration[]> {
  const names = await listMigrations(folder);
  return Promise.all(names.map(async (name) => ({ name, sql: await readSql(folder, name) })));
}

async function readSql(folder: string, name: string): Promise<string> {
  const path = join(folder, name, 'migration.sql');
  try {
    return await readFile(path, 'utf8');
  } catch (cause) {
    throw new MigrationError('MIGRATION_FILE_NOT_FOUND', `${path} cannot be read.`, { cause });
  }
}

/** As `prisma migrate` writes it: SHA-256 of the file, in hexadecimal. */
export function checksumOf(sql: string): string {
  return createHash('sha256').update(sql).digest('hex');
}

/** Whether the file is the one with this checksum. As for `prisma migrate`, line ends may differ: git changes them. */
export function hasChecksum(sql: string, checksum: string): boolean {
  const variants = [sql, sql.replaceAll('\r\n', '\n'), sql.replaceAll('\n', '\r\n')];
  return variants.some((variant) => checksumOf(variant) === checksum);
}
