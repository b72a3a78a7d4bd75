import { encodingTitle, shownName } from '@pledgeline/csv-core';
import type { Layer, UnpackContext } from '../layer.js';
import { readSpool, spoolToDisk } from '../spool.js';
import { UnpackError } from '../unpack-error.js';
import type { FileNotice, UnpackedFile } from '../unpacked-file.js';
import { findTables, type PageTable } from './find-tables.js';
import { findPageEncoding, type PageEncoding } from './page-encoding.js';
import { readTableRows } from './table-rows.js';

/**
 * Yields one table of a web page; the "Excel" button of many shops sends such a page under the name of a workbook. It
 * is the table that the client names, else the first that `isTable` accepts, else the first that is a grid. Other such
 * tables are reported as skipped. A page without any is handed on as text.
 *
 * @throws UnpackError `sheet_not_found`, `unpacked_too_large`, `ratio_too_high`; CsvFileError `invalid_encoding`
 */
export async function* unpackPage(
  { name }: Layer,
  pieces: AsyncIterable<Uint8Array>,
  { budget, options }: UnpackContext,
): AsyncGenerator<UnpackedFile> {
  // To disk, because only a look at the whole page shows which of its tables is meant.
  const spooled = await spoolToDisk(pieces, options.temporaryFolder);
  try {
    const encoding = await findPageEncoding(spooled, options.encoding);
    const tables = await findTables(spooled, encoding.name, budget, options.isTable);
    const chosen = chooseTable(tables, options.sheet, name);
    if (chosen === undefined) {
      return yield { kind: 'text', name, pieces: readSpool(spooled), notices: () => [] };
    }
    if (encoding.error !== null) throw encoding.error;
    const others = tables.filter((table) => table !== chosen);
    const rows = readTableRows(spooled, encoding.name, chosen.index, budget);
    const notices = describePage(encoding, chosen);
    try {
      yield {
        kind: 'sheet',
        name,
        sheet: chosen.name,
        otherSheets: others.map((table) => `"${table.name}"`),
        rows,
        notices: () => notices,
      };
    } finally {
      await rows.return(undefined);
    }
    if (options.sheet === undefined) for (const table of others) yield leaveOut(table, name);
  } finally {
    await spooled.close();
  }
}

/** @throws UnpackError `sheet_not_found` */
function chooseTable(
  tables: readonly PageTable[],
  wanted: string | undefined,
  file: string | null,
): PageTable | undefined {
  if (wanted === undefined || tables.length === 0) {
    const highest = Math.max(...tables.map(({ likelihood }) => likelihood));
    return tables.find(({ likelihood }) => likelihood === highest);
  }
  const key = wanted.trim().toLowerCase();
  const found = tables.find(({ name }, at) => key === name.toLowerCase() || key === String(at + 1));
  if (found !== undefined) return found;
  const names = tables.map(({ name }) => `"${name}"`).join(', ');
  throw new UnpackError(
    'sheet_not_found',
    `The file is a web page, not a workbook, and has no "${shownName(wanted)}". Its tables are ${names}; say one of these names, or leave out ?sheet=.`,
    { file },
  );
}

function describePage(encoding: PageEncoding, { isFinished }: PageTable): readonly FileNotice[] {
  return [
    ...describeEncoding(encoding),
    ...(isFinished
      ? []
      : [
          {
            code: 'unfinished_table' as const,
            message:
              'The page ends before its table does, so rows may be missing at the end. Export it again and compare.',
          },
        ]),
  ];
}

function describeEncoding({ name, doubt, wrongLabel }: PageEncoding): readonly FileNotice[] {
  if (doubt === null && wrongLabel === null) return [];
  const why =
    wrongLabel === null
      ? 'Nothing says'
      : `The page says "${shownName(wrongLabel)}", which it is not, and nothing else says`;
  const samples = doubt?.samples.map((sample) => `"${shownName(sample)}"`).join(', ') ?? '';
  const look = samples === '' ? 'If names look wrong' : `Are these right: ${samples}? If not`;
  const [other = 'shift_jis'] = doubt?.others ?? [];
  return [
    {
      code: 'assumed_encoding',
      message: `${why} how the letters of the page are written, so they were read as ${encodingTitle(name)}. ${look}, send it again with ?encoding= and the right one, such as ${other}.`,
    },
  ];
}

function leaveOut({ name }: PageTable, file: string | null): UnpackedFile {
  return {
    kind: 'skipped',
    name: shownName(file === null ? name : `${file}: ${name}`),
    reason: `another table of the page; to import it, send the page again with ?sheet=${encodeURIComponent(name)}`,
    mayHoldRows: true,
  };
}
