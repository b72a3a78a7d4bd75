import {
  type Assumption,
  type Detection,
  findPlatform,
  type ImportedRow,
  type Issue,
  keepCells,
  type MappedRecord,
  type MappingSuggestion,
  type OpenQuestion,
  type Repair,
  resolveColumns,
  type TableImport,
  type TableReport,
} from '@pledgeline/csv-core';
import { mapKeysInSteps, mapOptions } from '@pledgeline/csv-core/map';
import type { FileDateOrder, FileFormat } from '@pledgeline/db';
import { UnpackError } from '@pledgeline/unpack';
import type { FileToRead, ImportTarget } from '../receive/body-reader.js';
import { describeFile, fileNameForIssues } from '../receive/describe-file.js';
import { inSlices } from '../turns/in-slices.js';
import { createLineHolder } from './line-holder.js';
import { presentMapped } from './present-mapped.js';

/** How many rows of a file are read. */
const MAX_ROWS = 200;
/** How many rows and records are shown. */
const SHOWN_ROWS = 5;
/** How many issues are shown. */
const SHOWN_ISSUES = 50;

/** No encoding has more bytes per UTF-16 unit, so a line that is longer than a row may be is surely too long. */
const MAX_BYTES_PER_UNIT = 4;

/** What one column would become. */
export interface InspectedColumn {
  readonly position: number;
  readonly header: string;
  /** `field`, `item`, `add-on`, `question`, `unknown`, … */
  readonly role: string;
  /** The canonical field, where it is one. */
  readonly field: string | null;
}

/** What a file would become. */
export interface InspectedFile {
  readonly name: string | null;
  readonly sheet: string | null;
  readonly format: FileFormat;
  readonly headers: readonly string[];
  readonly platform: string | null;
  readonly detection: Detection;
  /** Null when the platform was not recognised; then there is a suggestion. */
  readonly columns: readonly InspectedColumn[] | null;
  readonly suggestion: MappingSuggestion | null;
  /** What would be asked before the file is imported. */
  readonly questions: readonly OpenQuestion[];
  /** What would be assumed because the file does not say it. */
  readonly assumptions: readonly Assumption[];
  readonly dateOrders: readonly FileDateOrder[];
  /** The first rows as they are in the file, without secret cells. */
  readonly rows: readonly (readonly string[])[];
  readonly records: readonly MappedRecord[];
  /** Those about the file as a whole first, then those of its rows. */
  readonly issues: readonly Issue[];
  /** Damage that other programs did to the cells of the rows that were read, by kind and column. */
  readonly repairs: readonly Repair[];
  /** How many rows were read, and whether there are more. */
  readonly rowsSeen: number;
  readonly hasMore: boolean;
}

/** The beginning of a table. */
interface Beginning {
  readonly report: TableReport;
  readonly rows: readonly (readonly string[])[];
  /** The line of each row, and perhaps of more rows. */
  readonly lines: readonly number[];
  readonly hasMore: boolean;
}

/** How far to read. */
export interface HowFar {
  /** Whether the bytes are only the beginning of the file, so that they may end in the middle of a row. */
  readonly isCut: boolean;
  /** How many unpacked bytes to read. More are read only while there is no row yet. */
  readonly maxBytes: number;
  /** The longest row, in UTF-16 units, as for an import. */
  readonly maxRowLength: number;
}

/**
 * Reads the beginning of a table and reports what an import would make of it.
 *
 * @throws CsvFileError, NoTableError, UnpackError
 */
export async function inspectFile(file: FileToRead, howFar: HowFar): Promise<InspectedFile> {
  const { report, rows, lines, hasMore } = await readBeginning(file, howFar);
  const { name, sheet, format, platform, detection, dateOrders, issues } = describeFile(file, report);
  const options = { ...mapOptions(report), lines, file: fileNameForIssues(file) };
  const mapped = platform === null ? null : await inSlices(mapKeysInSteps(report.headers, rows, options));
  return {
    name,
    sheet,
    format,
    headers: report.headers,
    platform,
    detection,
    columns: describeColumns(report),
    questions: report.questions,
    suggestion: report.suggestion,
    assumptions: report.assumptions,
    dateOrders,
    rows: rows.slice(0, SHOWN_ROWS),
    records: mapped?.records.slice(0, SHOWN_ROWS).map(presentMapped) ?? [],
    issues: [...issues, ...(mapped?.issues ?? [])].slice(0, SHOWN_ISSUES),
    repairs: mapped?.repairs ?? [],
    rowsSeen: rows.length,
    hasMore,
  };
}

async function readBeginning(file: FileToRead, howFar: HowFar): Promise<Beginning> {
  const rows: (readonly string[])[] = [];
  const lines: number[] = [];
  const target: ImportTarget<readonly (readonly string[])[]> = {
    packer: keepCells,
    maxRowsTaken: MAX_ROWS,
    onChunk(chunk) {
      rows.push(...chunk.rows);
      lines.push(...chunk.lines);
    },
  };
  const end =
    file.kind === 'sheet'
      ? await readSheet(file.rows, file.open(target))
      : await readText(file, file.open(target), howFar);
  return { ...end, rows, lines };
}

const isFull = ({ rowCount }: Pick<TableImport<never>, 'rowCount'>) => rowCount > MAX_ROWS;

type End = Pick<Beginning, 'report' | 'hasMore'>;

async function readText(
  { name, pieces }: Extract<FileToRead, { kind: 'text' }>,
  table: TableImport<Uint8Array>,
  { isCut, maxBytes, maxRowLength }: HowFar,
): Promise<End> {
  const whole: Uint8Array[] = [];
  const lines = createLineHolder((bytes) => whole.push(bytes), MAX_BYTES_PER_UNIT * maxRowLength);
  const pushWhole = async () => {
    for (const bytes of whole.splice(0)) await inSlices(table.pushInSteps(bytes));
  };
  let wasCut = isCut;
  let length = 0;
  try {
    for await (const piece of pieces) {
      lines.push(piece);
      await pushWhole();
      length += piece.length;
      if (!isFull(table) && (length <= maxBytes || table.rowCount === 0)) continue;
      wasCut = true;
      break;
    }
  } catch (error) {
    // The part before the missing end can be read as usual.
    const isCutOff = error instanceof UnpackError && error.isCutOff;
    if (!isCutOff || name !== null || length === 0) throw error;
    wasCut = true;
  }
  lines.end(wasCut);
  await pushWhole();
  const report = await inSlices(table.endInSteps({ isCut: wasCut }));
  return { report, hasMore: wasCut || isFull(table) };
}

async function readSheet(
  rows: AsyncIterable<readonly ImportedRow[]>,
  table: TableImport<readonly ImportedRow[]>,
): Promise<End> {
  for await (const batch of rows) {
    await inSlices(table.pushInSteps(batch));
    if (isFull(table)) break;
  }
  return { report: await inSlices(table.endInSteps()), hasMore: isFull(table) };
}

/** Null when the platform was not recognised. */
function describeColumns({ headers, platform: name, columns }: TableReport): InspectedFile['columns'] {
  const platform = findPlatform(name ?? '');
  if (platform === undefined) return null;
  if (columns !== null) {
    const assigned = new Map(columns.map(({ position, as }) => [position, as]));
    return headers.map((header, position) => {
      const as = assigned.get(position) ?? 'kept';
      return { position, header, role: as, field: as };
    });
  }
  return resolveColumns(headers, platform).map((column, position) => ({
    position,
    header: column.header,
    role: column.role,
    field: column.role === 'field' ? column.column.field : null,
  }));
}
