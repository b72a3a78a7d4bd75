import type { ImportedRow, ImportOptions, TableImport } from '@pledgeline/csv-core';
import { openSheetImport, openTextImport } from '@pledgeline/csv-core/import';
import { type UnpackedFile, type UnpackOptions, unpack } from '@pledgeline/unpack';
import { NotLoadedError } from '../mapping/not-loaded-error.js';
import { explainNoRows } from './explain-no-rows.js';
import type { ReadingOptions } from './reading-options.js';
import { createReplay } from './replay.js';
import { blame, nothingIn, type SkippedTable, skip } from './skipped-table.js';

/** A file or a sheet that was not skipped. */
export type TableSource = Exclude<UnpackedFile, { kind: 'skipped' }>;

/** Where the rows of one file go, and the numbers of its first row and chunk. */
export type ImportTarget<R> = Pick<
  ImportOptions<R>,
  'packer' | 'onChunk' | 'firstRow' | 'firstChunk' | 'maxRowsTaken'
>;

interface Importable<P> {
  /** The number of the file in the upload, from 0, skipped files included. */
  readonly index: number;
  /** Opens the import of the table, with the reading options of this request. */
  open<R>(target: ImportTarget<R>): TableImport<P>;
}

/** One of the files of an upload, to be read to its end or only at its beginning. */
export type FileToRead =
  | (Extract<TableSource, { kind: 'text' }> & Importable<Uint8Array>)
  | (Extract<TableSource, { kind: 'sheet' }> & Importable<readonly ImportedRow[]>);

/** The outcome of one file of an upload: what was read, or why it was skipped. */
export type FileOutcome<T> = { readonly kind: 'read'; readonly read: T } | SkippedTable;

/** Reads the body of a request by our limits and the hints of its client. */
export interface BodyReader {
  /**
   * Reads all files in the body, and decides which of them are skipped and which errors refuse the whole body. Uploads
   * and inspections both use it, so that they report the same.
   *
   * @throws Problem or UnpackError that names the file if it is in an archive, CsvFileError, and what `read` throws
   */
  readFiles<T>(body: BodyToRead, read: (file: FileToRead) => Promise<T>): Promise<readonly FileOutcome<T>[]>;
}

export interface BodyToRead extends Pick<UnpackOptions, 'onWork' | 'onUnpacked'> {
  readonly pieces: AsyncIterable<Uint8Array>;
  /** Asked after each file; the files after it are left unread once it says so. */
  readonly isEnough?: () => boolean;
}

/** Creates the reader for one request. Its users need not know the options. */
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
    const { again, rewind } = replaySource(source, () => table.rowCount > 0);
    const readLoaded = async (): Promise<T> => {
      try {
        return await read(toFile(again, index, options, remember));
      } catch (error) {
        if (!(error instanceof NotLoadedError)) throw error;
        await error.load();
        rewind();
        return readLoaded();
      }
    };
    try {
      return { kind: 'read', read: await readLoaded() };
    } catch (cause) {
      const error = source.kind === 'sheet' ? explainNoRows(cause, source) : cause;
      if (source.name === null) throw error;
      // A file with a row is a table. An error after that row refuses the upload instead of skipping the file.
      const skipped = table.rowCount > 0 ? null : skip(source.name, error);
      if (skipped === null) throw blame(source.name, error);
      return skipped;
    }
  }

  return {
    async readFiles<T>({ pieces, isEnough, ...hooks }: BodyToRead, read: (file: FileToRead) => Promise<T>) {
      const outcomes: FileOutcome<T>[] = [];
      for await (const file of unpack(pieces, { ...options.unpack, ...hooks })) {
        outcomes.push(file.kind === 'skipped' ? file : await readOrSkip(file, outcomes.length, read));
        if (isEnough?.()) break;
      }
      const skipped = outcomes.filter((outcome) => outcome.kind === 'skipped');
      if (skipped.length === outcomes.length) throw nothingIn(skipped);
      return outcomes;
    },
  };
}

/** The same source, which can be read from its beginning again until the first row is read. */
function replaySource(
  source: TableSource,
  isSettled: () => boolean,
): { readonly again: TableSource; rewind(): void } {
  if (source.kind === 'text') {
    const { pieces, rewind } = createReplay(source.pieces, isSettled);
    return { again: { ...source, pieces }, rewind };
  }
  const { pieces, rewind } = createReplay(source.rows, isSettled);
  return { again: { ...source, rows: pieces }, rewind };
}

/** @param remember called with the import when it is opened, and returns it */
function toFile(
  source: TableSource,
  index: number,
  { table, templates, earlier }: ReadingOptions,
  remember: <P>(opened: TableImport<P>) => TableImport<P>,
): FileToRead {
  // With a delimiter or encoding named by the client, which may be wrong for this file, a table may look like text.
  const mayBeText = source.name !== null && table.delimiter === undefined && table.encoding === undefined;
  const known = { ...table, templates, earlier, requireTable: mayBeText };
  return source.kind === 'sheet'
    ? { ...source, index, open: (target) => remember(openSheetImport({ ...known, ...target })) }
    : { ...source, index, open: (target) => remember(openTextImport({ ...known, ...target })) };
}
