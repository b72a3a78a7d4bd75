import type {
  Assumption,
  ColumnAssignment,
  Damage,
  DateOrder,
  Detection,
  Issue,
  OpenQuestion,
  OrderGrouping,
  RepeatedNumbers,
} from '@pledgeline/csv-core';

/** How the bytes of a file were read, and how that was decided. */
export interface FileFormat {
  /** Null for a sheet of a workbook, which declares its encoding itself. */
  readonly encoding: {
    /** As the WHATWG Encoding Standard calls it, in lower case: `utf-8`, `windows-1252`. */
    readonly name: string;
    /** How it was decided: by the client, by a byte order mark, from the bytes, or assumed because all of them are ASCII. */
    readonly source: 'requested' | 'bom' | 'content' | 'assumed';
    /** False when the encoding is a guess, so that somebody should check a few names. */
    readonly certain: boolean;
  } | null;
  readonly delimiter: {
    readonly value: string;
    readonly source: 'requested' | 'sep-line' | 'content' | 'assumed';
  } | null;
  /** The character before decimals, where amounts or the platform show it; null when none does, or they differ. */
  readonly decimalMark: '.' | ',' | null;
  /** Line of the header, from 1. */
  readonly headerLine: number;
  /** Lines above the header that are no part of the table. */
  readonly titleLines: readonly number[];
}

/** How to read the dates of one column in which day and month differ only in their order (03/04/2024). */
export interface FileDateOrder {
  /** Position of the column, from 0. */
  readonly position: number;
  readonly header: string;
  /** Null: nothing shows it, and rows with ambiguous dates are rejected. */
  readonly order: DateOrder | null;
  /** How it was decided: by the client, by other dates of the column, by what the platform always writes, or not at all. */
  readonly source: 'requested' | 'evidence' | 'platform' | 'none';
  /** Cells that could be read either way. */
  readonly ambiguous: number;
  /** Cells that can be read in one order only. */
  readonly proofs: { readonly dmy: number; readonly mdy: number };
  /** Whether some dates of the column prove one order and some the other. */
  readonly conflicting: boolean;
}

/** A table of an upload that was read into chunks. */
export interface ReadFile {
  readonly kind: 'read';
  /** Path in the archive; null when the upload is no archive. */
  readonly name: string | null;
  /** Null when it is no workbook. */
  readonly sheet: string | null;
  readonly format: FileFormat;
  /** Its header row, below which its rows are read. */
  readonly headers: readonly string[];
  /** Number of the file's first row in the upload, from 1. */
  readonly firstRow: number;
  readonly rowCount: number;
  /** The platform to map the file with: as given by the client or as detected; null when neither is known. */
  readonly platform: string | null;
  readonly detection: Detection;
  /** What the columns are, by a saved mapping or by their names and cells; null where the platform decides it, or it is unknown. */
  readonly columns: readonly ColumnAssignment[] | null;
  /** What must be asked before the file is imported. */
  readonly questions: readonly OpenQuestion[];
  /**
   * What the columns may be, while something must be asked: a MappingSuggestion as JSON, because the objects of an archive's
   * files would take much memory. Null where it is not stored, and is made from the first rows when somebody asks.
   */
  readonly suggestion: string | null;
  /** What is assumed because the file does not say it. */
  readonly assumptions: readonly Assumption[];
  /** How the rows make orders, where the chunks do not keep them together yet; else null. */
  readonly ordersToJoin: OrderGrouping | null;
  /** Rows with the same number; null when they have to be looked for in the chunks. */
  readonly repeats: RepeatedNumbers | null;
  readonly dateOrders: readonly FileDateOrder[];
  /** The date of its newest pledge, as ISO 8601; null when it has none that can be read for sure. */
  readonly newestDate: string | null;
  /** What its cells show about the damage that other programs did to it. */
  readonly damage: Damage;
  /** Whether that damage is repaired. */
  readonly repair: boolean;
  /** Whether its rows are from a sheet, or were before they were rejected. */
  readonly isSheet: boolean;
  /** Id of the upload whose rejects it brings back; null when it does not name one. */
  readonly fixes: string | null;
  /** Issues found while the file was received. */
  readonly issues: readonly Issue[];
}

/** A file of an archive that was not read. */
export interface SkippedFile {
  readonly kind: 'skipped';
  readonly name: string;
  /** Why, as a sentence. */
  readonly reason: string;
  /** An issue that its rows are missing, if it may have any. */
  readonly issues: readonly Issue[];
}

/** A file of an upload, read or skipped. */
export type UploadFile = ReadFile | SkippedFile;
