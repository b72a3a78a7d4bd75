export { createDatabase, type Database, type DatabaseOptions } from './client.js';
export * from './generated/prisma/client.js';
export { applyMigrations } from './migrations/apply-migrations.js';
export { diffSchema } from './migrations/diff-schema.js';
export { MigrationError, type MigrationErrorCode } from './migrations/migration-error.js';
export { defaultMigrationsFolder } from './migrations/migration-files.js';
export { inTransaction } from './transaction.js';
