import { type Database, forgetExpiredFiles } from '@pledgeline/db';
import type { FileStore } from '@tus/file-store';
import type { FastifyInstance } from 'fastify';

/** How long a file may take to arrive. */
export const FILE_LIFE_MS = 24 * 60 * 60 * 1_000;

const TIDY_EVERY_MS = 10 * 60 * 1_000;
/** A row goes after the bytes: until then nobody else gets their room. */
const ROWS_LATER_MS = 60 * 60 * 1_000;

/** Removes expired files while the app is open: their bytes, then their rows. Every process does, and none minds the others. */
export function tidyFiles(app: FastifyInstance, database: Database, store: FileStore): void {
  const tidy = async () => {
    try {
      await store.deleteExpired();
    } catch (err) {
      // Another process removed one of them first; the rest go next time.
      app.log.debug({ err }, 'Not all expired files could be removed');
    }
    try {
      await forgetExpiredFiles(database, ROWS_LATER_MS);
    } catch (err) {
      app.log.warn({ err }, 'Expired files could not be forgotten; they will be later');
    }
  };
  const timer = setInterval(() => void tidy(), TIDY_EVERY_MS).unref();
  app.addHook('onClose', async () => clearInterval(timer));
}
