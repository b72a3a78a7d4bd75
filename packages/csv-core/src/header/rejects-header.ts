import { removeFormulaGuard } from '../csv/format-csv.js';

/** The columns that a file of rejects has before those of the file that they are from. */
const LINE = '_line';
const REASONS = '_reasons';
const UPLOAD = '_upload';

const ID = '[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}';
const uploadHeader = new RegExp(`^${UPLOAD} (${ID})$`, 'i');

/** Where a rejected row was, and why it was rejected. */
export interface RejectNote {
  /** The line on which the row starts, from 1. */
  readonly line: number;
  readonly reasons: string;
}

/**
 * The header row of a file of rejects. The upload is named in the header and not in the name of the file, because that is
 * lost when a spreadsheet saves the file.
 */
export function rejectsHeader(headers: readonly string[], uploadId: string): readonly string[] {
  return [LINE, REASONS, `${UPLOAD} ${uploadId}`, ...headers];
}

/** A row of a file of rejects. The notes come first, so that the row may have fewer or more cells than its header. */
export function rejectsRow(cells: readonly string[], { line, reasons }: RejectNote): readonly string[] {
  return [String(line), reasons, '', ...cells];
}

/** A file of rejects that comes back, corrected or not. */
export interface ReturnedRejects {
  /** Id of the upload that rejected the rows, in lower case; null where somebody has taken the column out. */
  readonly uploadId: string | null;
  /** A row as the first file wrote it: without our columns, and without the apostrophes that guard formulas. */
  restore(row: readonly string[]): readonly string[];
}

/** Recognises the header row of a file of rejects, in which somebody may have moved columns. Null for any other row. */
export function findReturnedRejects(header: readonly string[]): ReturnedRejects | null {
  // Asked of the first rows of every file, most of which have no such cell.
  if (!header.some((cell) => cell.includes('_'))) return null;
  const names = header.map((cell) => cell.trim().toLowerCase());
  if (!names.includes(LINE) || !names.includes(REASONS)) return null;
  const ids = names.map((name) => uploadHeader.exec(name)?.[1]);
  const own = new Set(
    names.flatMap((name, at) => (name === LINE || name === REASONS || ids[at] ? [at] : [])),
  );
  return {
    uploadId: ids.find((id) => id !== undefined) ?? null,
    restore: (row) => row.filter((_, at) => !own.has(at)).map(removeFormulaGuard),
  };
}
