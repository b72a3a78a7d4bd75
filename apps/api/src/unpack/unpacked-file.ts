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
  /** The sheet of a workbook to read: its name, or its number from 1, counting all tabs. */
  readonly sheet?: string | undefined;
  /**
   * Whether a sheet is surely what the merchant means to send, by its first rows (up to 20, and those with a value
   * only). Of the sheets that are shown, the first of which this is true is read; else the first with two rows and two
   * columns at least; else the first with a value.
   */
  readonly isTable?: ((firstRows: readonly (readonly string[])[]) => boolean) | undefined;
  /** Where archives are spooled; the system's temporary folder by default. */
  readonly temporaryFolder?: string | undefined;
  /** Awaited now and then while bytes are read of which nothing is handed on yet. */
  readonly onWork?: (() => Promise<void>) | undefined;
  /** Told of each piece that was unpacked, those of files that are read twice each time. What it throws ends it all. */
  readonly onUnpacked?: ((bytes: number) => void) | undefined;
}

/** Something to know about a file that is read all the same. */
export interface FileNotice {
  /** Stable. */
  readonly code: string;
  /** A sentence for the merchant. */
  readonly message: string;
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

/** One file of an upload, in order. */
export type UnpackedFile =
  | {
      readonly kind: 'text';
      /** Its path in the archive; null when the upload is the file itself. */
      readonly name: string | null;
      readonly pieces: AsyncIterable<Uint8Array>;
      /** Complete after its pieces are read. */
      notices(): readonly FileNotice[];
    }
  | {
      readonly kind: 'sheet';
      /** The workbook's path in the archive; null when the upload is the workbook itself. */
      readonly name: string | null;
      readonly sheet: string;
      /** Batches of up to 500 rows, and of some 100,000 cells or a million characters. */
      readonly rows: AsyncIterable<readonly SheetRow[]>;
      /** Complete after its rows are read. */
      notices(): readonly FileNotice[];
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
