import type { UnpackError } from './unpack-error.js';

/** How much an upload may grow when it is unpacked. */
export interface UnpackLimits {
  /** Bytes, summed over everything that is decompressed, layers and members alike. */
  readonly maxUnpackedBytes: number;
  /** Unpacked bytes per byte received; checked once more than 10 MiB are unpacked. */
  readonly maxRatio: number;
  /** Entries in one archive, folders and junk included. */
  readonly maxFiles: number;
}

export interface UnpackOptions {
  readonly limits: UnpackLimits;
  /** The sheet of a workbook or table of a web page to read: its name, or its number from 1, counting all tabs. */
  readonly sheet?: string | undefined;
  /** The encoding of a web page, if the client names it: a label of the WHATWG Encoding Standard. */
  readonly encoding?: string | undefined;
  /**
   * Whether a sheet is surely the one to import, by its first rows (up to 20, only rows with a value).
   *
   * Among the visible sheets, the first for which this is true is read; one with more than a single row goes before the
   * others. Else it is the first sheet with at least two rows and two columns. If no visible sheet is such a table, the
   * hidden sheets are tried in the same way. Else it is the first sheet with a value.
   */
  readonly isTable?: ((firstRows: readonly (readonly string[])[]) => boolean) | undefined;
  /** Where archives are spooled; the system's temporary folder by default. */
  readonly temporaryFolder?: string | undefined;
  /** Awaited now and then while a member of an archive is checked and nothing is handed on. */
  readonly onWork?: (() => Promise<void>) | undefined;
  /**
   * Asked once for each workbook, before its texts are read into memory; resolves when there are as many bytes, with a
   * function that gives them back. What it throws ends the unpacking.
   */
  readonly reserveMemory?: ((bytes: number) => Promise<() => void>) | undefined;
  /** Called with the length of each unpacked piece, again if it is read again. If it throws, unpacking ends. */
  readonly onUnpacked?: ((bytes: number) => void) | undefined;
}

/** A row of a sheet that has at least one cell with text. */
export interface SheetRow {
  /**
   * The cells from column A to the last one with text; '' where one before it has no value. A row may be shorter than
   * the header: workbooks do not store blank cells, so missing ones at the end are blank.
   */
  readonly cells: readonly string[];
  /** The row's number in the sheet, from 1. */
  readonly line: number;
}

/** Codes of {@link FileNotice}. */
export const noticeCodes = [
  'hidden_sheet',
  'error_cells',
  'rounded_cells',
  'unformatted_days',
  'assumed_encoding',
  'unfinished_table',
  'leading_bytes',
  'trailing_bytes',
] as const;

/** Something that the merchant has to know about a file that is read. */
export interface FileNotice {
  /**
   * Stable:
   *
   * - `hidden_sheet`: the rows are those of a hidden sheet
   * - `error_cells`: cells with an error such as #REF! came out blank
   * - `rounded_cells`: cells have more decimals than an amount can have, and their format does not show them
   * - `unformatted_days`: a workbook that counts from 1904 has numbers that may be days, and no format says so
   * - `assumed_encoding`: a web page declares no encoding, or a wrong one, and the encoding is a guess
   * - `unfinished_table`: a web page ends in the middle of its table
   * - `leading_bytes`, `trailing_bytes`: bytes before or after a zip archive or gzip file were left out
   */
  readonly code: (typeof noticeCodes)[number];
  /** For the merchant; says what to do. */
  readonly message: string;
}

/** One file of an upload, in order. */
export type UnpackedFile =
  | {
      readonly kind: 'text';
      /** The path in the archive; null when the upload is the file itself. */
      readonly name: string | null;
      readonly pieces: AsyncIterable<Uint8Array>;
      /** What there is to know of it. Complete when `pieces` have been read to their end. */
      readonly notices: () => readonly FileNotice[];
    }
  | {
      readonly kind: 'sheet';
      /** The path of the workbook or page in the archive; null when the upload is the workbook or page itself. */
      readonly name: string | null;
      /** The name of the sheet, or of the table of a page such as "Table 1". */
      readonly sheet: string;
      /** The other sheets that may be meant, in words for the merchant, such as `"Notes" (hidden)`. */
      readonly otherSheets: readonly string[];
      /** Batches of up to 500 rows, and of some 100,000 cells or a million characters. */
      readonly rows: AsyncIterable<readonly SheetRow[]>;
      /** What there is to know of it. Complete when `rows` have been read to their end. */
      readonly notices: () => readonly FileNotice[];
    }
  | {
      /** A file, sheet or table that is left out. `reason` is in words for the merchant. */
      readonly kind: 'skipped';
      readonly name: string;
      readonly reason: string;
      /** Whether rows may be lost, so that the merchant has to know. */
      readonly mayHoldRows: boolean;
      /** The error that it would be refused with as the only file; absent where nothing is wrong with it. */
      readonly error?: UnpackError;
    };
