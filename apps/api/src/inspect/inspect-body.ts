import { CsvFileError, type Issue } from '@pledgeline/csv-core';
import { detectFileKind, UnpackError } from '@pledgeline/unpack';
import { listPieces } from '../answers/send-json.js';
import { Problem } from '../problem.js';
import type { BodyReader, FileOutcome } from '../receive/body-reader.js';
import { fileIssues } from '../receive/file-issues.js';
import { inspectFile } from './inspect-file.js';
import { readHead } from './read-head.js';

/** A file of an archive that an upload would skip. */
interface SkippedFile {
  readonly name: string;
  readonly skipped: string;
  /** Whether rows may be lost. */
  readonly mayHoldRows: boolean;
  /** The issues that an upload would have. */
  readonly issues: readonly Issue[];
}

/** What was found in the files of a body. */
interface InspectedFiles {
  /** Each as JSON. */
  readonly files: readonly Uint8Array[];
  /** Whether there may be more files, which were not inspected because the answer is long enough. */
  readonly hasMoreFiles: boolean;
}

/** A body, of which only the beginning is read. */
export interface BodyToInspect {
  readonly pieces: AsyncIterable<Uint8Array>;
  readonly reader: BodyReader;
  readonly maxBytes: number;
  /** The longest row, in UTF-16 units. */
  readonly maxRowLength: number;
  /** The answer ends with the file that makes it longer than this, in characters. */
  readonly maxAnswerLength: number;
}

/**
 * Reports what an upload of a body would become, by its first bytes. Writes nothing.
 *
 * @returns pieces of JSON: `{ files: (InspectedFile | SkippedFile)[], hasMoreFiles, isCut, bytesSeen }`. Each file is made into bytes when
 * it has been read, because an archive may have many of thousands of columns. `isCut` tells whether only the beginning
 * of the body was read.
 * @throws CsvFileError, UnpackError, Problem
 */
export async function inspectBody({ pieces, ...body }: BodyToInspect): Promise<readonly Uint8Array[]> {
  const { maxBytes } = body;
  const { bytes, isCut } = await readHead(pieces, maxBytes);
  const inspect = (asCut: boolean) => inspectBytes(bytes, { ...body, isCut: asCut });
  try {
    const { files, hasMoreFiles } = isCut ? await inspect(true) : await inspectWhole(bytes, inspect);
    return listPieces('files', files, { hasMoreFiles, isCut, bytesSeen: bytes.length });
  } catch (error) {
    // The directory of a zip is at its end, so the beginning of a zip looks like one that is cut off.
    if (!(isCut && error instanceof UnpackError && error.isCutOff)) throw error;
    throw tooLargeToInspect(`${maxBytes} bytes`, error);
  }
}

/** Errors of a file that ends in the middle of something. */
const cutOff: readonly string[] = ['unterminated_quote', 'invalid_encoding'];

/**
 * Inspects a body that is within the limit. The client may still have cut it anywhere, and does not say so. So a body
 * that does not end with a line end, or that cannot be read as a whole file, is read as the beginning of a file. If that
 * fails as well, as for one row without a line end, it is read as a whole file. A packed file shows by itself whether
 * it is whole.
 */
async function inspectWhole(
  bytes: Uint8Array,
  inspect: (isCut: boolean) => Promise<InspectedFiles>,
): Promise<InspectedFiles> {
  const isPacked = detectFileKind(bytes).kind !== 'unknown';
  if (isPacked) return inspect(false);
  const endsWithLine = /[\n\r]\0?$/.test(String.fromCharCode(...bytes.subarray(-2)));
  try {
    return await inspect(!endsWithLine);
  } catch (error) {
    if (!(error instanceof CsvFileError)) throw error;
    if (endsWithLine && !cutOff.includes(error.code)) throw error;
    return inspect(endsWithLine);
  }
}

interface Look extends Omit<BodyToInspect, 'pieces'> {
  readonly isCut: boolean;
}

async function inspectBytes(
  bytes: Uint8Array,
  { reader, isCut, maxBytes, maxRowLength, maxAnswerLength }: Look,
): Promise<InspectedFiles> {
  let length = 0;
  const isEnough = () => length > maxAnswerLength;
  const body = { pieces: onePiece(bytes), onUnpacked: createLimit(maxBytes, maxRowLength), isEnough };
  const outcomes = await reader.readFiles(body, async (file) => {
    // Files from an archive are whole, because the archive is.
    const found = await inspectFile(file, { isCut: isCut && file.name === null, maxBytes, maxRowLength });
    const json = JSON.stringify(found);
    length += json.length;
    return Buffer.from(json);
  });
  return { files: outcomes.map(toJson), hasMoreFiles: isEnough() };
}

function toJson(outcome: FileOutcome<Uint8Array>): Uint8Array {
  if (outcome.kind === 'read') return outcome.read;
  const { name, reason, mayHoldRows } = outcome;
  const skipped: SkippedFile = { name, skipped: reason, mayHoldRows, issues: fileIssues(outcome) };
  return Buffer.from(JSON.stringify(skipped));
}

async function* onePiece(bytes: Uint8Array): AsyncGenerator<Uint8Array> {
  yield bytes;
}

/** The bytes may unpack to this many times their size; CSV rarely shrinks to less than a tenth. */
const MAX_GROWTH = 32;
/** The limit is at least this many rows of the maximum length, so that a row can be seen to be too long. */
const MAX_ROWS_OF_BYTES = 8;

/** Limits how much is unpacked for an inspection, which is less than an upload may unpack to. */
function createLimit(maxBytes: number, maxRowLength: number): (bytes: number) => void {
  const limit = Math.max(MAX_GROWTH * maxBytes, MAX_ROWS_OF_BYTES * maxRowLength);
  let unpacked = 0;
  return (bytes) => {
    unpacked += bytes;
    if (unpacked > limit) throw tooLargeToInspect(`${limit} bytes when it is unpacked`);
  };
}

function tooLargeToInspect(limit: string, cause?: UnpackError): Problem {
  return new Problem(
    'archive_too_large_to_inspect',
    `An archive or a workbook can only be inspected as a whole, and this one is larger than ${limit}. Upload it, or send one of its files.`,
    { cause },
  );
}
