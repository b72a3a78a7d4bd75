import {
  findResumableFile,
  finishResumableFile,
  forgetResumableFile,
  keyOfFile,
  type ResumableFile,
} from '@pledgeline/db';
import type { FileStore } from '@tus/file-store';
import type { FastifyBaseLogger } from 'fastify';
import type { FileContext } from '../context.js';
import { Problem } from '../problem.js';
import { type Reception, receiveUpload } from '../receive/receive-upload.js';
import { holdFile } from './file-locker.js';
import type { FileDestination } from './file-metadata.js';
import { fileNotFound } from './tus-server.js';

/** A file whose last byte is here. */
export interface WholeFile {
  readonly file: ResumableFile;
  readonly merchantId: string;
  readonly destination: FileDestination;
}

/** What a whole file has become. */
export type FinishedFile = Pick<ResumableFile, 'isDuplicate'> & { readonly uploadId: string };

/**
 * Makes an upload of a file whose last byte is here, on the same road as a file that is sent at once. The file's id is the
 * idempotency key: whatever crashes between the last byte and the answer, the next request finds the upload, or makes it.
 *
 * A file that cannot be imported as it is, is removed: sending more of it is of no use. After any other problem it stays.
 *
 * @throws Problem
 */
export async function finishFile(
  context: FileContext,
  store: FileStore,
  { file, merchantId, destination }: WholeFile,
  logger: FastifyBaseLogger,
): Promise<FinishedFile> {
  const { database, config } = context;
  const held = await holdFile(database, file.id, logger);
  try {
    // Another request may have made it while this one waited for the lease.
    const now = await findResumableFile(database, merchantId, file.id);
    if (now === null) throw fileNotFound();
    if (now.uploadId !== null) return { uploadId: now.uploadId, isDuplicate: now.isDuplicate };
    const { upload, kind } = await receive();
    await finishResumableFile(database, file.id, upload.id);
    await removeBytes(store, file.id);
    return { uploadId: upload.id, isDuplicate: kind === 'duplicate' };
  } catch (error) {
    if (!(error instanceof Problem) || !isAboutTheFile(error)) throw error;
    await removeBytes(store, file.id);
    await forgetResumableFile(database, file.id);
    throw error;
  } finally {
    await held.release();
  }

  function receive(): Promise<Reception> {
    // Whoever holds the lease knows that no other process receives the file: an upload that is open is a dead one's.
    const alone = { ...context, config: { ...config, SILENT_AFTER_MS: 0 } };
    return receiveUpload(
      alone,
      {
        ...destination,
        merchantId,
        idempotencyKey: keyOfFile(file.id),
        expectedBytes: file.size,
        pieces: store.read(file.id),
      },
      logger,
    );
  }
}

/** Whether a problem stays whenever the same file is tried again. */
function isAboutTheFile({ status }: Problem): boolean {
  return status === 404 || status === 413 || status === 422;
}

/** Removes the bytes of a file from the disk, if they are still there. */
export async function removeBytes(store: FileStore, id: string): Promise<void> {
  try {
    await store.remove(id);
  } catch {
    // The store says so when they are gone already; what it could not remove goes when the file expires.
  }
}
