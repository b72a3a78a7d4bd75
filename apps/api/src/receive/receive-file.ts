import { isKnownTable } from '@pledgeline/csv-core';
import type { Database, ReadFile, Seal, UploadFile } from '@pledgeline/db';
import { type UnpackedFile, unpack } from '@pledgeline/unpack';
import type { AppConfig } from '../context.js';
import { type ChunkWriter, createChunkWriter } from './chunk-writer.js';
import { fileIssues } from './file-issues.js';
import { createMeter } from './meter.js';
import { type FileOutcome, readFiles } from './read-files.js';
import { type ReadingHints, readTable } from './read-table.js';

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
      onWork: writer.keepUp,
      limits: {
        maxUnpackedBytes: config.MAX_UNPACKED_BYTES,
        maxRatio: config.MAX_COMPRESSION_RATIO,
        maxFiles: config.MAX_ARCHIVE_FILES,
      },
    });
    const read = await readTables(unpacked, hints, config, writer);
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

/** Reads the files one after another: their rows and chunks are numbered through. */
async function readTables(
  unpacked: AsyncIterable<UnpackedFile>,
  hints: ReadingHints,
  config: AppConfig,
  writer: ChunkWriter,
): Promise<Pick<Seal, 'files' | 'rowCount' | 'chunkCount'>> {
  let rowCount = 0;
  let chunkCount = 0;
  const outcomes = await readFiles(unpacked, async ({ source, index, onRow }) => {
    const place = { fileIndex: index, firstRow: rowCount + 1, firstChunk: chunkCount };
    const sink = { onRow, add: writer.add, keepUp: writer.keepUp };
    const { file, chunkCount: chunks } = await readTable(source, place, hints, config, sink);
    rowCount += file.rowCount;
    chunkCount += chunks;
    return file;
  });
  return { files: outcomes.map(toUploadFile), rowCount, chunkCount };
}

function toUploadFile(outcome: FileOutcome<ReadFile>): UploadFile {
  if (outcome.kind === 'read') return outcome.read;
  const { kind, name, reason } = outcome;
  return { kind, name, reason, issues: fileIssues(outcome) };
}
