import type { Database } from '../../client.js';
import { newId } from '../../ids.js';
import { UploadError } from './upload-error.js';

/** Consecutive rows of one file, as they are stored. */
export interface PackedChunk {
  /** Order in the upload, from 0, through all its files. */
  readonly index: number;
  /** Which file of the upload, from 0. */
  readonly fileIndex: number;
  /** Number of the first row in the upload, from 1. */
  readonly firstRow: number;
  /** For each row the line on which it starts. */
  readonly lines: readonly number[];
  /** The rows, as a {@link RowPacker} gives them. */
  readonly data: Uint8Array;
}

/**
 * Writes a chunk of an upload that is being received, and records that bytes still arrive. Secret columns must be blank
 * already.
 *
 * @param byteCount bytes of the file that were received so far
 * @throws UploadError `upload_not_open` when the upload has failed or was canceled meanwhile
 */
export async function storeChunk(
  db: Database,
  uploadId: string,
  chunk: PackedChunk,
  byteCount = 0,
): Promise<void> {
  const { rowCount } = await db.pool.query(
    `WITH upload AS (
       UPDATE csv_upload SET received_at = now(), byte_count = greatest(byte_count, $9)
       WHERE id = $1 AND sealed_at IS NULL AND status = 'PENDING' RETURNING id)
     INSERT INTO csv_upload_chunk (id, upload_id, index, file_index, first_row, row_count, lines, data)
     SELECT $2, upload.id, $3, $4, $5, $6, $7, $8 FROM upload`,
    [
      uploadId,
      newId(),
      chunk.index,
      chunk.fileIndex,
      chunk.firstRow,
      chunk.lines.length,
      `{${chunk.lines.join(',')}}`,
      // A Buffer on the same bytes: pg sends any other array as a list.
      Buffer.from(chunk.data.buffer, chunk.data.byteOffset, chunk.data.byteLength),
      byteCount,
    ],
  );
  if (rowCount !== 1) throw notOpen(uploadId);
}

/**
 * Records that bytes still arrive, though no chunk is full yet.
 *
 * @param byteCount bytes of the file that were received so far
 */
export async function touchUpload(db: Database, uploadId: string, byteCount = 0): Promise<void> {
  const { rowCount } = await db.pool.query(
    `UPDATE csv_upload SET received_at = now(), byte_count = greatest(byte_count, $2)
     WHERE id = $1 AND sealed_at IS NULL AND status = 'PENDING'`,
    [uploadId, byteCount],
  );
  if (rowCount !== 1) throw notOpen(uploadId);
}

/** The error for an upload that is not open any more. */
export function notOpen(uploadId: string): UploadError {
  return new UploadError(
    'upload_not_open',
    `The upload ${uploadId} was given up or canceled, or its campaign was deleted, while it was received. Send the file again.`,
  );
}
