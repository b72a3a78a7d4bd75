import type { TableImport, TableReport } from '@pledgeline/csv-core';
import { type Database, packedChunks, type ReadFile, type Seal, type UploadFile } from '@pledgeline/db';
import { inSlices } from '../turns/in-slices.js';
import type { BodyReader, FileOutcome, FileToRead, ImportTarget } from './body-reader.js';
import { type ChunkWriter, createChunkWriter } from './chunk-writer.js';
import { describeFile } from './describe-file.js';
import { fileIssues } from './file-issues.js';
import type { HeldFiles } from './held-files.js';
import { createMeter } from './meter.js';
import type { SuggestionLimit } from './suggestion-limit.js';

export interface FileToReceive {
  readonly uploadId: string;
  readonly pieces: AsyncIterable<Uint8Array>;
  readonly maxBytes: number;
  readonly reader: BodyReader;
  readonly suggestions: SuggestionLimit;
  readonly held: HeldFiles;
}

/**
 * Turns bytes into stored chunks, and returns what to seal the upload with. Memory holds a few chunks, whatever the
 * size of the file: no piece is taken from the client while too many chunks wait for the database.
 *
 * @throws CsvFileError, UnpackError, Problem, UploadError, or what the database throws. No write is in flight
 * afterwards.
 */
export async function receiveFile(
  database: Database,
  { uploadId, pieces, maxBytes, reader, suggestions, held }: FileToReceive,
): Promise<Seal> {
  const meter = createMeter(maxBytes);
  const writer = createChunkWriter(database, uploadId, meter.soFar);
  try {
    const tables = createTableReceiver(writer, suggestions, held);
    const body = { pieces: stayAlive(meter.measure(pieces), writer), onWork: writer.keepUp };
    const outcomes = await reader.readFiles(body, tables.receive);
    await writer.finish();
    return { files: outcomes.map(toUploadFile), ...tables.total(), ...meter.total() };
  } finally {
    await writer.idle();
  }
}

/** Lets the writer touch the upload while an archive arrives, which has no rows before all of it was received. */
async function* stayAlive(
  pieces: AsyncIterable<Uint8Array>,
  writer: ChunkWriter,
): AsyncGenerator<Uint8Array> {
  for await (const piece of pieces) {
    yield piece;
    await writer.keepUp();
  }
}

/** Receives the files of an upload one after another. Rows and chunks are numbered continuously through all files. */
function createTableReceiver(writer: ChunkWriter, suggestions: SuggestionLimit, held: HeldFiles) {
  let rowCount = 0;
  let chunkCount = 0;
  return {
    async receive(file: FileToRead): Promise<ReadFile> {
      const first = rowCount + 1;
      const target: ImportTarget<Uint8Array> = {
        firstRow: first,
        firstChunk: chunkCount,
        ...packedChunks(file.index, writer.add),
      };
      const report =
        file.kind === 'sheet'
          ? await pushAll(file.rows, file.open(target), writer)
          : await pushAll(file.pieces, file.open(target), writer);
      rowCount += report.rowCount;
      chunkCount += report.chunkCount;
      const read = { ...describeFile(file, report), firstRow: first };
      await held.hold(read);
      return suggestions.apply(read);
    },
    total: () => ({ rowCount, chunkCount }),
  };
}

/** Reads a table, no faster than its chunks are written. */
async function pushAll<P>(
  pieces: AsyncIterable<P>,
  table: TableImport<P>,
  { keepUp }: ChunkWriter,
): Promise<TableReport> {
  for await (const piece of pieces) {
    await inSlices(table.pushInSteps(piece));
    await keepUp();
  }
  return inSlices(table.endInSteps());
}

function toUploadFile(outcome: FileOutcome<ReadFile>): UploadFile {
  if (outcome.kind === 'read') return outcome.read;
  const { kind, name, reason } = outcome;
  return { kind, name, reason, issues: fileIssues(outcome) };
}
