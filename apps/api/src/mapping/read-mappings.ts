import type { ColumnAssignment, DecimalMark } from '@pledgeline/csv-core';
import { acceptedColumns, headerFingerprint, peopleColumns } from '@pledgeline/csv-core/import';
import {
  columnAssignmentSchema,
  createDecimalEvidence,
  findAssumptions,
  findOrderGrouping,
  pledgeStatusSchema,
} from '@pledgeline/csv-core/map';
import type { FileMapping, FileSample, FileToSkip } from '@pledgeline/db';
import { z } from 'zod';
import { Problem } from '../problem.js';
import { lineParameter } from '../read-query.js';
import { otherWork } from '../turns/in-slices.js';
import { checkMapping, type UsableMapping } from './check-mapping.js';
import type { UnknownFile } from './read-unknown-files.js';

/** How many words a mapping explains; a file has a dozen. */
const MAX_VALUES = 1_000;

const ofFile = {
  platform: z.string().optional(),
  columns: z.array(columnAssignmentSchema).min(1).optional(),
  /** Takes the suggestion as it stands. */
  accept: z.literal(true).optional(),
  /** The rows are people, who have pledged nothing. */
  people: z.literal(true).optional(),
  /** What words of the payment status mean. */
  values: z
    .record(lineParameter(200), pledgeStatusSchema)
    .refine(
      (values) => Object.keys(values).length <= MAX_VALUES,
      `must not name more than ${MAX_VALUES} words`,
    )
    .optional(),
  dateOrder: z.enum(['dmy', 'mdy']).optional(),
};

/** The body of `PUT …/mapping`. */
export const mappingBodySchema = z
  .strictObject({
    ...ofFile,
    files: z
      .array(z.strictObject({ file: z.int().min(0), skip: z.literal(true).optional(), ...ofFile }))
      .min(1)
      .optional(),
    saveAs: lineParameter(100).optional(),
  })
  .meta({
    examples: [
      { accept: true },
      {
        columns: [
          { position: 0, as: 'externalId' },
          { position: 1, as: 'email' },
          { position: 2, as: 'amount', currency: 'EUR' },
        ],
        saveAs: 'Orders of our shop',
      },
    ],
  });

type Body = z.output<typeof mappingBodySchema>;
type OfFile = Omit<Body, 'files' | 'saveAs'>;

/** What a client says of one file, checked. */
export interface CheckedMapping {
  readonly mapping: FileMapping | FileToSkip;
  /** What is saved with `saveAs`; null for a file that is left out. */
  readonly template: { readonly headerFingerprint: string; readonly usable: UsableMapping } | null;
}

/** Reads files of the upload, one after the other. */
type ReadFiles = (indexes: readonly number[]) => AsyncIterable<UnknownFile>;

/**
 * Checks what a client says of the files that wait for it.
 *
 * @param unknown the indexes of these files
 * @throws Problem `invalid_request`, `unknown_platform`, `mapping_incomplete`
 */
export async function readMappings(
  body: Body,
  unknown: readonly number[],
  readFiles: ReadFiles,
): Promise<readonly CheckedMapping[]> {
  const { files, saveAs: _, ...forAll } = body;
  const checked: CheckedMapping[] = [];
  if (files === undefined) {
    let first: string | null = null;
    for await (const file of readFiles(unknown)) {
      const fingerprint = headerFingerprint(file.sample.headers);
      first ??= fingerprint;
      if (fingerprint !== first) throw columnsDiffer();
      checked.push(await readMapping(forAll, file));
    }
    return checked;
  }
  const requested = byFile(files, unknown);
  for await (const file of readFiles([...requested.keys()])) {
    const { skip, ...ofThis } = requested.get(file.index) ?? {};
    checked.push(skip ? leaveOut(file) : await readMapping(ofThis, file));
  }
  return checked;
}

type Requested = OfFile & { readonly skip?: true | undefined };

/** Each file is named once, and waits for a mapping. Checked before any file is read. */
function byFile(
  files: NonNullable<Body['files']>,
  unknown: readonly number[],
): ReadonlyMap<number, Requested> {
  const waiting = new Set(unknown);
  const requested = new Map<number, Requested>();
  for (const { file, ...ofThis } of files) {
    if (!waiting.has(file)) {
      throw new Problem(
        'invalid_request',
        `File ${file} needs no mapping, or there is none with this number.`,
      );
    }
    if (requested.has(file))
      throw new Problem('invalid_request', `File ${file} is named twice. Name each file once.`);
    requested.set(file, ofThis);
  }
  return requested;
}

function leaveOut({ index }: UnknownFile): CheckedMapping {
  return { mapping: { fileIndex: index, skip: 'Left out by hand.' }, template: null };
}

/** One list of columns is not for files with different columns. */
function columnsDiffer(): Problem {
  return new Problem(
    'invalid_request',
    'Several files need a mapping, and their columns differ. Say it of each: "files": [{ "file": 0, "columns": […] }, …].',
  );
}

/** Stops in between, because each of its parts goes through thousands of columns. */
async function readMapping(requested: OfFile, file: UnknownFile): Promise<CheckedMapping> {
  const { headers } = file.sample;
  const place = file.report.name === null ? 'the file' : `"${file.report.name}"`;
  const usable = checkMapping(
    { platform: platformOf(requested), columns: columnsOf(requested, file) },
    { headers, place, reading: file.reading },
  );
  const columns = usable.columns ?? undefined;
  await otherWork();
  const orders = findOrderGrouping(headers, usable.platform, columns);
  await otherWork();
  const decimalMark = decimalMarkOf(file.sample, usable);
  await otherWork();
  const assumptions = findAssumptions(headers, usable.platform, columns);
  return {
    template: { headerFingerprint: headerFingerprint(headers), usable },
    mapping: {
      fileIndex: file.index,
      platform: usable.platform.name,
      columns: usable.columns,
      orders,
      dateOrder: requested.dateOrder,
      decimalMark,
      assumptions,
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
  if (accept === true && people === true) {
    throw new Problem(
      'invalid_request',
      'Say "accept": true if each row is a pledge, or "people": true if it is only a person, not both.',
    );
  }
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
