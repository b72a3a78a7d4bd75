import type { UnpackContext } from '../layer.js';
import { showName } from '../shown-text.js';
import { UnpackError } from '../unpack-error.js';
import type { SheetRow, UnpackedFile } from '../unpacked-file.js';
import type { ZipArchive } from '../zip-archive.js';
import { chooseSheets, type Worksheet } from './choose-sheets.js';
import { rankSheets } from './rank-sheets.js';
import { readSheetRows } from './sheet-rows.js';
import { readWorkbook } from './workbook.js';

/**
 * One sheet of an Excel workbook: the one asked for, else the likeliest. Other sheets with values are said to be
 * skipped.
 *
 * @throws UnpackError `sheet_not_found`, `no_rows_in_workbook`, `workbook_too_large`, `damaged_archive`,
 * `unpacked_too_large`, `ratio_too_high`
 */
export async function* unpackWorkbook(
  zip: ZipArchive,
  { budget, options }: UnpackContext,
): AsyncGenerator<UnpackedFile> {
  const { sheet: wanted, isTable } = options;
  const workbook = await readWorkbook(zip);
  async function* read({ part }: Worksheet): AsyncGenerator<readonly SheetRow[]> {
    const member = zip.find(part);
    if (member !== undefined) yield* readSheetRows(member.name, zip.read(member), workbook, budget);
  }

  const { chosen, others } = await rankSheets(chooseSheets(workbook.sheets, wanted, zip.name), read, isTable);
  if (chosen === null) {
    // A workbook in an archive may be empty, as a text may.
    if (zip.name === null || wanted !== undefined) throw noRows(wanted, zip.name);
    return yield {
      kind: 'skipped',
      name: zip.name,
      reason: 'a workbook without a value',
      mayHoldRows: false,
    };
  }
  const rows = read(chosen);
  try {
    yield { kind: 'sheet', name: zip.name, sheet: chosen.name, rows, notices: () => [] };
  } finally {
    await rows.return(undefined);
  }
  for (const sheet of others) yield skippedSheet(zip, sheet);
}

function skippedSheet(zip: ZipArchive, { name }: Worksheet): UnpackedFile {
  return {
    kind: 'skipped',
    name: showName(zip.name === null ? name : `${zip.name}: ${name}`),
    reason: `another sheet of the workbook; to import it, send the workbook again with ?sheet=${encodeURIComponent(name)}`,
    mayHoldRows: true,
  };
}

function noRows(wanted: string | undefined, file: string | null): UnpackError {
  const what = wanted === undefined ? 'The workbook' : `Sheet "${showName(wanted)}" of the workbook`;
  return new UnpackError(
    'no_rows_in_workbook',
    `${what} has no cell with a value. Fill it, or send the file that has the data.`,
    { file },
  );
}
