import type { ColumnAssignment, DateOrder, Detection, Issue } from '@pledgeline/csv-core';

/** How the bytes of a file were read, and how that was decided. */
export interface FileFormat {
  /** Null for a sheet of a workbook, which says itself how it is written. */
  readonly encoding: {
    /** As the WHATWG Encoding Standard calls it, in lower case: `utf-8`, `windows-1252`. */
    readonly name: string;
    /** The client's word, a byte order mark, the bytes themselves, or nothing but ASCII in them. */
    readonly source: 'requested' | 'bom' | 'content' | 'assumed';
    /** False when the encoding is a guess: look at a few names. */
    readonly certain: boolean;
  } | null;
  readonly delimiter: {
    readonly value: string;
    readonly source: 'requested' | 'sep-line' | 'content' | 'assumed';
  } | null;
  /** What stands before decimals, where amounts or the platform show it; null when none does, or they differ. */
  readonly decimalMark: '.' | ',' | null;
  /** Line of the header, from 1. */
  readonly headerLine: number;
  /** Lines above the header that are no part of the table. */
  readonly titleLines: readonly number[];
}

/** How the dates of one column are to be read whose day and month only their order tells apart. */
export interface FileDateOrder {
  /** Of the column, from 0. */
  readonly position: number;
  readonly header: string;
  /** Null: nothing shows it, and dates that could be either are rejected. */
  readonly order: DateOrder | null;
  /** The client's word, other dates of the column, what the platform always writes, or nothing. */
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
  /** Number of the file's first row in the upload, from 1. */
  readonly firstRow: number;
  readonly rowCount: number;
  /** To map the file with: the client's word or the detected one; null when neither is known. */
  readonly platform: string | null;
  readonly detection: Detection;
  /** What a template says of the columns; null where the platform says it, or nobody knows. */
  readonly columns: readonly ColumnAssignment[] | null;
  readonly dateOrders: readonly FileDateOrder[];
  /** What the merchant has to know of how it was read. */
  readonly issues: readonly Issue[];
}

/** A file of an archive that holds no table. */
export interface SkippedFile {
  readonly kind: 'skipped';
  readonly name: string;
  /** A sentence. */
  readonly reason: string;
  /** What the merchant has to know: that its rows are missing, if it may have any. */
  readonly issues: readonly Issue[];
}

/** What an upload consists of, in its order. */
export type UploadFile = ReadFile | SkippedFile;
