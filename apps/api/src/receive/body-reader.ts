import {
  type ImportedRow,
  type ImportOptions,
  openSheetImport,
  openTextImport,
  type TableImport,
} from '@pledgeline/csv-core';
import { type UnpackedFile, type UnpackOptions, unpack } from '@pledgeline/unpack';
import { explainNoRows } from './explain-no-rows.js';
import type { ReadingOptions } from './reading-options.js';
import { blame, nothingIn, type SkippedTable, skip } from './skipped-table.js';

/** A file or a sheet with something in it. */
export type TableSource = Exclude<UnpackedFile, { kind: 'skipped' }>;

/** Where the rows of one file go, and what their numbers begin with. */
export type ImportTarget<R> = Pick<
  ImportOptions<R>,
  'packer' | 'onChunk' | 'firstRow' | 'firstChunk' | 'maxRowsTaken'
>;

interface Importable<P> {
  /** In the upload, what is skipped included. */
  readonly index: number;
  /** Opens the import of what is in it, as this request is to be read. */
  open<R>(target: ImportTarget<R>): TableImport<P>;
}

/** One of the files of an upload, to be read to its end or only looked into. */
export type FileToRead =
  | (Extract<TableSource, { kind: 'text' }> & Importable<Uint8Array>)
  | (Extract<TableSource, { kind: 'sheet' }> & Importable<readonly ImportedRow[]>);

/** What became of a file of an upload. */
export type FileOutcome<T> = { readonly kind: 'read'; readonly read: T } | SkippedTable;

/** Reads the body of a request as our limits and its client say. */
export interface BodyReader {
  /**
   * Reads all files in the body, and decides what is left out of it and what refuses it. Whoever receives a file or
   * looks into one asks here, so that both say the same of it.
   *
   * @throws Problem or UnpackError that names the file if it is in an archive, CsvFileError, and what `read` throws
   */
  readFiles<T>(body: BodyToRead, read: (file: FileToRead) => Promise<T>): Promise<readonly FileOutcome<T>[]>;
}

export interface BodyToRead extends Pick<UnpackOptions, 'onWork' | 'onUnpacked'> {
  readonly pieces: AsyncIterable<Uint8Array>;
}

/** Opened once for a request: whoever is handed the reader need not know the options. */
export function createBodyReader(options: ReadingOptions): BodyReader {
  async function readOrSkip<T>(
    source: TableSource,
    index: number,
    read: (file: FileToRead) => Promise<T>,
  ): Promise<FileOutcome<T>> {
    let table: Pick<TableImport<never>, 'rowCount'> = { rowCount: 0 };
    const remember = <P>(opened: TableImport<P>): TableImport<P> => {
      table = opened;
      return opened;
    };
    try {
      return { kind: 'read', read: await read(toFile(source, index, options, remember)) };
    } catch (cause) {
      const error = source.kind === 'sheet' ? explainNoRows(cause, source) : cause;
      if (source.name === null) throw error;
      // A file that has a row is a table, and is not skipped for what comes after it.
      const skipped = table.rowCount > 0 ? null : skip(source.name, error);
      if (skipped === null) throw blame(source.name, error);
      return skipped;
    }
  }

  return {
    async readFiles<T>({ pieces, ...hooks }: BodyToRead, read: (file: FileToRead) => Promise<T>) {
      const outcomes: FileOutcome<T>[] = [];
      for await (const file of unpack(pieces, { ...options.unpack, ...hooks })) {
        outcomes.push(file.kind === 'skipped' ? file : await readOrSkip(file, outcomes.length, read));
      }
      const skipped = outcomes.filter((outcome) => outcome.kind === 'skipped');
      if (skipped.length === outcomes.length) throw nothingIn(skipped);
      return outcomes;
    },
  };
}

/** @param remember is given the import that is opened */
function toFile(
  source: TableSource,
  index: number,
  { table }: ReadingOptions,
  remember: <P>(opened: TableImport<P>) => TableImport<P>,
): FileToRead {
  // With a delimiter or encoding that is not its own, a table looks like a text.
  const mayBeText = source.name !== null && table.delimiter === undefined && table.encoding === undefined;
  const known = { ...table, requireTable: mayBeText };
  return source.kind === 'sheet'
    ? { ...source, index, open: (target) => remember(openSheetImport({ ...known, ...target })) }
    : { ...source, index, open: (target) => remember(openTextImport({ ...known, ...target })) };
}
