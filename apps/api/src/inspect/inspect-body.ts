import { CsvFileError, type Issue } from '@pledgeline/csv-core';
import { detectFileKind, UnpackError } from '@pledgeline/unpack';
import { Problem } from '../problem.js';
import type { BodyReader } from '../receive/body-reader.js';
import { fileIssues } from '../receive/file-issues.js';
import { type InspectedFile, inspectFile } from './inspect-file.js';
import { readHead } from './read-head.js';

/** A file of an archive that would not be read. */
interface SkippedFile {
  readonly name: string;
  readonly skipped: string;
  /** Whether rows may be lost by it. */
  readonly mayHoldRows: boolean;
  /** As an upload of it would have them. */
  readonly issues: readonly Issue[];
}

export interface Inspection {
  readonly files: readonly (InspectedFile | SkippedFile)[];
  /** Whether only the beginning of the body was looked at. */
  readonly isCut: boolean;
  readonly bytesSeen: number;
}

/** A body of which the beginning is looked at. */
export interface BodyToInspect {
  readonly pieces: AsyncIterable<Uint8Array>;
  readonly reader: BodyReader;
  readonly maxBytes: number;
  /** UTF-16 units that a row may have. */
  readonly maxRowLength: number;
}

/**
 * Says what an upload of these bytes would become, by the first of them. Writes nothing.
 *
 * @throws CsvFileError, UnpackError, Problem
 */
export async function inspectBody({ pieces, ...body }: BodyToInspect): Promise<Inspection> {
  const { maxBytes } = body;
  const { bytes, isCut } = await readHead(pieces, maxBytes);
  const inspect = (asCut: boolean) => inspectBytes(bytes, { ...body, isCut: asCut });
  try {
    const files = isCut ? await inspect(true) : await inspectWhole(bytes, inspect);
    return { files, isCut, bytesSeen: bytes.length };
  } catch (error) {
    // What a zip holds stands at its end, so one of which only the beginning is here looks cut off.
    if (!(isCut && error instanceof UnpackError && error.isCutOff)) throw error;
    throw tooLargeToInspect(`${maxBytes} bytes`, error);
  }
}

type Inspected = readonly (InspectedFile | SkippedFile)[];

/** What a file says that ends in the middle of something. */
const cutOff: readonly string[] = ['unterminated_quote', 'invalid_encoding'];

/**
 * A client that sends the first bytes cuts them anywhere, and does not say so: what does not end with a line is read
 * as if it had been cut, and so is what makes no sense as a whole. A file of one row without a line end is one all the same.
 * What is packed says itself whether it is whole.
 */
async function inspectWhole(
  bytes: Uint8Array,
  inspect: (isCut: boolean) => Promise<Inspected>,
): Promise<Inspected> {
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
  { reader, isCut, maxBytes, maxRowLength }: Look,
): Promise<Inspected> {
  const body = { pieces: onePiece(bytes), onUnpacked: createLimit(maxBytes, maxRowLength) };
  const outcomes = await reader.readFiles(body, (file) =>
    // What comes out of an archive that is here as a whole is whole.
    inspectFile(file, { isCut: isCut && file.name === null, maxBytes, maxRowLength }),
  );
  return outcomes.map((outcome) => {
    if (outcome.kind === 'read') return outcome.read;
    const { name, reason, mayHoldRows } = outcome;
    return { name, skipped: reason, mayHoldRows, issues: fileIssues(outcome) };
  });
}

async function* onePiece(bytes: Uint8Array): AsyncGenerator<Uint8Array> {
  yield bytes;
}

/** How many times the bytes that are looked at may unpack to: CSV is rarely packed to a tenth. */
const MAX_GROWTH = 32;
/** But a row that is too long has to be seen to be. */
const MAX_ROWS_OF_BYTES = 8;

/** Refuses what an upload might be, but what is too much to be done for a look into it. */
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
