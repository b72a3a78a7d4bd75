import {
  acceptedColumns,
  type ColumnAssignment,
  columnAssignmentSchema,
  createDecimalEvidence,
  type DecimalMark,
  findAssumptions,
  findOrderGrouping,
  headerFingerprint,
  peopleColumns,
  pledgeStatusSchema,
} from '@pledgeline/csv-core';
import type { FileMapping, FileSample, FileToSkip } from '@pledgeline/db';
import { z } from 'zod';
import { Problem } from '../problem.js';
import { lineParameter } from '../read-query.js';
import { checkMapping, type UsableMapping } from './check-mapping.js';
import type { UnknownFile } from './read-unknown-files.js';

const ofFile = {
  platform: z.string().optional(),
  columns: z.array(columnAssignmentSchema).min(1).optional(),
  /** Takes the suggestion as it stands. */
  accept: z.literal(true).optional(),
  /** The rows are people, who have pledged nothing. */
  people: z.literal(true).optional(),
  /** What words of the payment status mean. */
  values: z.record(lineParameter(200), pledgeStatusSchema).optional(),
  dateOrder: z.enum(['dmy', 'mdy']).optional(),
};

/** The body of `PUT …/mapping`. */
export const mappingBodySchema = z.strictObject({
  ...ofFile,
  files: z
    .array(z.strictObject({ file: z.int().min(0), skip: z.literal(true).optional(), ...ofFile }))
    .min(1)
    .optional(),
  saveAs: lineParameter(100).optional(),
});

type Body = z.output<typeof mappingBodySchema>;
type OfFile = Omit<Body, 'files' | 'saveAs'>;

/** What a client says of one file, checked. */
export interface CheckedMapping {
  readonly mapping: FileMapping | FileToSkip;
  /** Null for a file that is left out. */
  readonly usable: UsableMapping | null;
  readonly sample: FileSample;
}

/** @throws Problem `invalid_request`, `unknown_platform`, `mapping_incomplete` */
export function readMappings(body: Body, unknown: readonly UnknownFile[]): readonly CheckedMapping[] {
  const { files, saveAs: _, ...forAll } = body;
  if (files === undefined)
    return unknown.map((file) => readMapping(forAll, requireSameHeaders(file, unknown)));
  return files.map(({ file, skip, ...requested }) => {
    const found = unknown.find(({ index }) => index === file);
    if (found && skip) return leaveOut(found);
    if (found) return readMapping(requested, found);
    throw new Problem('invalid_request', `File ${file} needs no mapping, or there is none with this number.`);
  });
}

function leaveOut({ index, sample }: UnknownFile): CheckedMapping {
  return { mapping: { fileIndex: index, skip: 'Left out by hand.' }, usable: null, sample };
}

/** Refuses one list of columns for files with different columns. */
function requireSameHeaders(file: UnknownFile, [first]: readonly UnknownFile[]): UnknownFile {
  const isSame = first && headerFingerprint(file.sample.headers) === headerFingerprint(first.sample.headers);
  if (isSame) return file;
  throw new Problem(
    'invalid_request',
    'Several files need a mapping, and their columns differ. Say it of each: "files": [{ "file": 0, "columns": […] }, …].',
  );
}

function readMapping(requested: OfFile, file: UnknownFile): CheckedMapping {
  const { headers } = file.sample;
  const place = file.report.name === null ? 'the file' : `"${file.report.name}"`;
  const usable = checkMapping(
    { platform: platformOf(requested), columns: columnsOf(requested, file) },
    { headers, place, reading: file.reading },
  );
  const columns = usable.columns ?? undefined;
  return {
    usable,
    sample: file.sample,
    mapping: {
      fileIndex: file.index,
      platform: usable.platform.name,
      columns: usable.columns,
      orders: findOrderGrouping(headers, usable.platform, columns),
      dateOrder: requested.dateOrder,
      decimalMark: decimalMarkOf(file.sample, usable),
      assumptions: findAssumptions(headers, usable.platform, columns),
    },
  };
}

function platformOf({ platform, people }: OfFile): string | undefined {
  if (people !== true) return platform;
  if (platform === undefined) return 'people';
  throw new Problem('invalid_request', 'Name a "platform", or say "people": true, not both.');
}

/** The columns as the client assigns them, or as they are suggested. */
function columnsOf(
  { accept, people, columns, values, platform }: OfFile,
  { reading }: UnknownFile,
): readonly ColumnAssignment[] | undefined {
  if (accept === true && columns !== undefined) {
    throw new Problem('invalid_request', 'Say what the "columns" are, or "accept" the suggestion, not both.');
  }
  const isSuggested =
    accept === true || ((people === true || values !== undefined) && platform === undefined);
  const assigned = columns ?? (isSuggested ? acceptedColumns(reading) : undefined);
  const read = people === true && assigned !== undefined ? peopleColumns(assigned) : assigned;
  return values === undefined ? read : withValues(read, values);
}

/** Teaches the words to the column of the payment status. */
function withValues(
  columns: readonly ColumnAssignment[] | undefined,
  values: NonNullable<OfFile['values']>,
): readonly ColumnAssignment[] {
  if (columns?.some(({ as }) => as === 'status') !== true) {
    throw new Problem(
      'invalid_request',
      '"values" say what words of the payment status mean, but no column is assigned as "status".',
    );
  }
  return columns.map((column) =>
    column.as === 'status' ? { ...column, values: { ...column.values, ...values } } : column,
  );
}

/** Finds the decimal mark by the first rows: the columns of amounts were unknown while the file was received. */
function decimalMarkOf(
  { headers, rows }: FileSample,
  { platform, columns }: UsableMapping,
): DecimalMark | null {
  const evidence = createDecimalEvidence(headers, platform, columns ?? undefined);
  for (const row of rows) evidence.add(row);
  return evidence.result();
}
