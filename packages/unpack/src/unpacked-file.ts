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
  /** The sheet of a workbook, or the table of a page, to read: its name, or its number from 1, counting all tabs. */
  readonly sheet?: string | undefined;
  /** How the letters of a web page are written, if the client says so: a label of the WHATWG Encoding Standard. */
  readonly encoding?: string | undefined;
  /**
   * Whether a sheet is surely what the merchant means to send, by its first rows (up to 20, and those with a value
   * only). Of the sheets that are shown, the first of which this is true is read, rather one with more than a row;
   * else the first with two rows and two columns at least. If no sheet that is shown is such a table, the same is asked
   * of those that are hidden. Else it is the first with a value.
   */
  readonly isTable?: ((firstRows: readonly (readonly string[])[]) => boolean) | undefined;
  /** Where archives are spooled; the system's temporary folder by default. */
  readonly temporaryFolder?: string | undefined;
  /** Awaited now and then while bytes are read of which nothing is handed on yet. */
  readonly onWork?: (() => Promise<void>) | undefined;
  /** Told of each piece that was unpacked, those of files that are read twice each time. What it throws ends it all. */
  readonly onUnpacked?: ((bytes: number) => void) | undefined;
}

/** A row of a sheet that has at least one cell with text. */
export interface SheetRow {
  /**
   * The cells from column A to the last one with text; one without a value before it is ''. Cells that are missing at
   * the end, as seen from the header, are blank: workbooks do not have blank cells.
   */
  readonly cells: readonly string[];
  /** The row's number in the sheet, from 1. */
  readonly line: number;
}

/** Something that the merchant has to know of a file that is read. */
export interface FileNotice {
  /**
   * Stable:
   *
   * - `hidden_sheet`: the rows are those of a hidden sheet
   * - `error_cells`: cells with an error such as #REF! came out blank
   * - `rounded_cells`: cells have more decimals than an amount can have, and their format does not show them
   * - `assumed_encoding`: a web page does not say how its letters are written, or says it wrongly, and that is a guess
   * - `unfinished_table`: a web page ends in the middle of its table
   */
  readonly code: string;
  /** For the merchant; says what to do. */
  readonly message: string;
}

/** One file of an upload, in order. */
export type UnpackedFile =
  | {
      readonly kind: 'text';
      /** Its path in the archive; null when the upload is the file itself. */
      readonly name: string | null;
      readonly pieces: AsyncIterable<Uint8Array>;
      /** What there is to know of it. Complete when `pieces` have been read to their end. */
      readonly notices: () => readonly FileNotice[];
    }
  | {
      readonly kind: 'sheet';
      /** Path in the archive of the workbook, or of the page; null when the upload is that itself. */
      readonly name: string | null;
      /** Of the sheet, or of the table of a page: "Table 1". */
      readonly sheet: string;
      /** In words: the other sheets that may be meant, and whether they are hidden. */
      readonly otherSheets: readonly string[];
      /** Batches of up to 500 rows, and of some 100,000 cells or a million characters. */
      readonly rows: AsyncIterable<readonly SheetRow[]>;
      /** What there is to know of it. Complete when `rows` have been read to their end. */
      readonly notices: () => readonly FileNotice[];
    }
  | {
      /** Something that is left out, and why, in words for the merchant. */
      readonly kind: 'skipped';
      readonly name: string;
      readonly reason: string;
      /** Whether rows may be lost by it, so that the merchant has to know. */
      readonly mayHoldRows: boolean;
      /** What it would be refused with if it were the only file; none where nothing was wrong with it. */
      readonly error?: UnpackError;
    };
