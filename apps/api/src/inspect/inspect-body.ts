import { CsvFileError, type Issue } from '@pledgeline/csv-core';
import type { AppConfig } from '../context.js';
import { Problem } from '../problem.js';
import { fileIssues, type LeftOutFile } from '../receive/file-issues.js';
import { leftOutFile } from '../receive/left-out-file.js';
import type { ReadingHints } from '../receive/read-table.js';
import { isKnownTable } from '../receive/recognize-columns.js';
import { UnpackError, type UnpackedFile, unpack } from '../unpack/unpack.js';
import { type InspectedFile, inspectFile } from './inspect-file.js';
import { readHead } from './read-head.js';

/** A file of an archive that would not be read. */
interface SkippedFile {
  readonly name: string;
  readonly skipped: string;
  /** As an upload of it would have them. */
  readonly issues: readonly Issue[];
}

export interface Inspection {
  readonly files: readonly (InspectedFile | SkippedFile)[];
  /** Whether only the beginning of the body was looked at. */
  readonly isCut: boolean;
  readonly bytesSeen: number;
}

/**
 * Says what an upload of these bytes would become, by the first of them. Writes nothing.
 *
 * @throws CsvFileError, UnpackError, Problem
 */
export async function inspectBody(
  pieces: AsyncIterable<Uint8Array>,
  hints: ReadingHints,
  sheet: string | undefined,
  config: AppConfig,
): Promise<Inspection> {
  const head = await readHead(pieces, config.MAX_INSPECT_BYTES);
  const inspect = (isCut: boolean) => inspectBytes(head.bytes, isCut, hints, sheet, config);
  const files = head.isCut
    ? await inspectBeginning(() => inspect(true), config.MAX_INSPECT_BYTES)
    : await inspectWhole(head.bytes, inspect);
  return { files, isCut: head.isCut, bytesSeen: head.bytes.length };
}

type Inspected = readonly (InspectedFile | SkippedFile)[];

/** What a file says that ends in the middle of something. */
const cutOff: readonly string[] = ['unterminated_quote', 'invalid_encoding'];

/**
 * A client that sends the first bytes cuts them anywhere, and does not say so: what does not end with a line is read
 * as if it had been cut, and so is what makes no sense as a whole. A file of one row without a line end is one all the same.
 */
async function inspectWhole(
  bytes: Uint8Array,
  inspect: (isCut: boolean) => Promise<Inspected>,
): Promise<Inspected> {
  const endsWithLine = /[\n\r]\0?$/.test(String.fromCharCode(...bytes.subarray(-2)));
  try {
    return await inspect(!endsWithLine);
  } catch (error) {
    if (!(error instanceof CsvFileError)) throw error;
    if (endsWithLine && !cutOff.includes(error.code)) throw error;
    return inspect(endsWithLine);
  }
}

async function inspectBytes(
  bytes: Uint8Array,
  isCut: boolean,
  hints: ReadingHints,
  sheet: string | undefined,
  config: AppConfig,
): Promise<Inspected> {
  const files: (InspectedFile | SkippedFile)[] = [];
  const limits = {
    maxUnpackedBytes: config.MAX_UNPACKED_BYTES,
    maxRatio: config.MAX_COMPRESSION_RATIO,
    maxFiles: config.MAX_ARCHIVE_FILES,
  };
  for await (const file of unpack(onePiece(bytes), {
    sheet,
    limits,
    encoding: hints.encoding,
    isTable: isKnownTable,
  })) {
    files.push(await inspectOrSkip(file, isCut, hints, config));
  }
  return files;
}

async function inspectOrSkip(
  file: UnpackedFile,
  isCut: boolean,
  hints: ReadingHints,
  config: AppConfig,
): Promise<InspectedFile | SkippedFile> {
  if (file.kind === 'skipped') return leftOut(file);
  try {
    // What comes out of an archive that is here as a whole is whole.
    return await inspectFile(file, hints, config, isCut && file.name === null);
  } catch (error) {
    const unread = leftOutFile(file.name, error);
    if (unread === null) throw error;
    return leftOut(unread);
  }
}

function leftOut(file: LeftOutFile): SkippedFile {
  return { name: file.name, skipped: file.reason, issues: fileIssues(file) };
}

/** An archive of which only the beginning was looked at cannot be told from a damaged one. */
async function inspectBeginning(inspect: () => Promise<Inspected>, limit: number): Promise<Inspected> {
  try {
    return await inspect();
  } catch (error) {
    if (error instanceof UnpackError && error.code === 'damaged_archive')
      throw tooLargeToInspect(limit, error);
    throw error;
  }
}

async function* onePiece(bytes: Uint8Array): AsyncGenerator<Uint8Array> {
  yield bytes;
}

/** What a zip holds stands at its end. */
function tooLargeToInspect(limit: number, cause: UnpackError): Problem {
  return new Problem(
    'archive_too_large_to_inspect',
    `An archive or a workbook can only be inspected as a whole, and this one is larger than ${limit} bytes. Upload it, or send one of its files.`,
    { cause },
  );
}
