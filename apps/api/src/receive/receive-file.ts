import { createHash, type Hash } from 'node:crypto';
import { CsvFileError } from '@pledgeline/csv-core';
import type { Database, Seal, SkippedFile, UploadFile } from '@pledgeline/db';
import type { AppConfig } from '../context.js';
import { Problem } from '../problem.js';
import { type UnpackedFile, unpack } from '../unpack/unpack.js';
import { type ChunkWriter, createChunkWriter } from './chunk-writer.js';
import { fileIssues, type LeftOutFile } from './file-issues.js';
import { leftOutFile } from './left-out-file.js';
import { type ReadingHints, type ReadTable, readTable, type TablePlace } from './read-table.js';
import { isKnownTable } from './recognize-columns.js';

export interface FileToReceive extends ReadingHints {
  readonly uploadId: string;
  readonly pieces: AsyncIterable<Uint8Array>;
  /** Of a workbook: name or number, from 1. */
  readonly sheet: string | undefined;
}

/**
 * Turns bytes into stored chunks and says what to seal the upload with. Memory holds a few chunks, whatever the
 * size of the file: no piece is taken from the client while too many wait for the database.
 *
 * @throws CsvFileError, UnpackError, Problem, UploadError, or what the database throws. No write is in flight
 * afterwards.
 */
export async function receiveFile(
  database: Database,
  config: AppConfig,
  { uploadId, pieces, sheet, ...hints }: FileToReceive,
): Promise<Seal> {
  const meter = createMeter(config.MAX_UPLOAD_BYTES);
  const writer = createChunkWriter(database, uploadId);
  try {
    const unpacked = unpack(stayAlive(meter.measure(pieces), writer), {
      sheet,
      encoding: hints.encoding,
      isTable: isKnownTable,
      limits: {
        maxUnpackedBytes: config.MAX_UNPACKED_BYTES,
        maxRatio: config.MAX_COMPRESSION_RATIO,
        maxFiles: config.MAX_ARCHIVE_FILES,
      },
    });
    const read = await readFiles(unpacked, hints, config, writer);
    await writer.finish();
    return { ...read, ...meter.total() };
  } finally {
    await writer.idle();
  }
}

/** An archive is received whole before its first row is seen; until then only this says that bytes arrive. */
async function* stayAlive(
  pieces: AsyncIterable<Uint8Array>,
  writer: ChunkWriter,
): AsyncGenerator<Uint8Array> {
  for await (const piece of pieces) {
    yield piece;
    await writer.keepUp();
  }
}

type FilesRead = Pick<Seal, 'files' | 'rowCount' | 'chunkCount'>;

async function readFiles(
  unpacked: AsyncIterable<UnpackedFile>,
  hints: ReadingHints,
  config: AppConfig,
  writer: ChunkWriter,
): Promise<FilesRead> {
  const files: UploadFile[] = [];
  let rowCount = 0;
  let chunkCount = 0;
  for await (const file of unpacked) {
    const place = { fileIndex: files.length, firstRow: rowCount + 1, firstChunk: chunkCount };
    const read = await readOrSkip(file, place, hints, config, writer);
    if (read.file.kind === 'read') rowCount += read.file.rowCount;
    chunkCount += read.chunkCount;
    files.push(read.file);
  }
  if (rowCount === 0) throw nothingIn(files);
  return { files, rowCount, chunkCount };
}

interface LeftOut {
  readonly file: SkippedFile;
  readonly chunkCount: 0;
}

function leftOut(file: LeftOutFile): LeftOut {
  const { kind, name, reason } = file;
  return { file: { kind, name, reason, issues: fileIssues(file) }, chunkCount: 0 };
}

async function readOrSkip(
  file: UnpackedFile,
  place: TablePlace,
  hints: ReadingHints,
  config: AppConfig,
  writer: ChunkWriter,
): Promise<ReadTable | LeftOut> {
  if (file.kind === 'skipped') return leftOut(file);
  try {
    return await readTable(file, place, hints, config, writer);
  } catch (error) {
    const unread = leftOutFile(file.name, error);
    if (unread !== null) return leftOut(unread);
    if (file.name === null || !(error instanceof CsvFileError)) throw error;
    throw new Problem(error.code, `In "${file.name}": ${error.message}`, {
      members: { file: file.name, line: error.line },
      cause: error,
    });
  }
}

function nothingIn(files: readonly UploadFile[]): Problem {
  const reasons = files.flatMap((file) =>
    file.kind === 'skipped' ? [`"${file.name}": ${file.reason}`] : [],
  );
  return new Problem('no_rows', `No file of the archive has rows. ${reasons.slice(0, 10).join(' ')}`.trim());
}

/** Counts and hashes what the client sends. */
function createMeter(maxBytes: number) {
  const hash: Hash = createHash('sha256');
  let byteCount = 0;
  return {
    async *measure(pieces: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
      for await (const piece of pieces) {
        byteCount += piece.length;
        if (byteCount > maxBytes) throw tooLarge(maxBytes);
        hash.update(piece);
        yield piece;
      }
    },
    total: () => ({ byteCount, sha256: hash.digest('hex') }),
  };
}

/** For a file beyond the limit. */
export function tooLarge(maxBytes: number): Problem {
  return new Problem(
    'upload_too_large',
    `The file is larger than ${maxBytes} bytes. Split it into several files, each with the header row.`,
    { members: { maxBytes } },
  );
}
