import { shownName } from '@pledgeline/csv-core';
import type { UnpackContext } from '../layer.js';
import { UnpackError } from '../unpack-error.js';
import type { FileNotice, SheetRow, UnpackedFile } from '../unpacked-file.js';
import type { ZipArchive } from '../zip-archive.js';
import { createCellNotes } from './cell-notes.js';
import { chooseSheets, describeSheet, listSheets, type Worksheet } from './choose-sheets.js';
import { type RankedSheet, rankSheets } from './rank-sheets.js';
import { readSheetRows } from './sheet-rows.js';
import { readWorkbook, type Sheet, type Workbook } from './workbook.js';
import { memoryOf } from './workbook-memory.js';

/**
 * Yields one sheet of an Excel workbook: the one asked for, else the likeliest. Other sheets with values are reported
 * as skipped.
 *
 * @throws UnpackError `sheet_not_found`, `no_rows_in_workbook`, `workbook_too_large`, `damaged_archive`,
 * `unpacked_too_large`, `ratio_too_high`, and what `reserveMemory` throws
 */
export async function* unpackWorkbook(zip: ZipArchive, context: UnpackContext): AsyncGenerator<UnpackedFile> {
  const memory = memoryOf(zip);
  const giveBack = await context.options.reserveMemory?.(memory.total);
  try {
    const workbook = await readWorkbook(zip, memory.strings);
    try {
      yield* unpackSheet(zip, workbook, context);
    } finally {
      workbook.strings.release();
    }
  } finally {
    giveBack?.();
  }
}

async function* unpackSheet(
  zip: ZipArchive,
  workbook: Workbook,
  { budget, options }: UnpackContext,
): AsyncGenerator<UnpackedFile> {
  const { sheet: wanted, isTable } = options;
  async function* read({ part }: Worksheet, notes = createCellNotes()): AsyncGenerator<readonly SheetRow[]> {
    const member = zip.find(part);
    if (member === undefined) return;
    yield* readSheetRows({ part: member.name, workbook, budget, notes }, zip.read(member));
  }

  const { chosen, others } = await rankSheets(chooseSheets(workbook.sheets, wanted, zip.name), read, isTable);
  if (chosen === null) {
    // An empty workbook in an archive is skipped, as an empty text is.
    if (zip.name === null || wanted !== undefined) throw noRows(workbook, wanted, zip.name);
    return yield {
      kind: 'skipped',
      name: zip.name,
      reason: 'a workbook without a value',
      mayHoldRows: false,
    };
  }
  const notes = createCellNotes();
  const rows = read(chosen.sheet, notes);
  // When a sheet was asked for, the others were not ranked, so all of them are listed.
  const candidates =
    wanted === undefined ? others.map(({ sheet }) => sheet) : otherSheets(workbook, chosen.sheet);
  const hidden = wanted === undefined && chosen.sheet.isHidden ? [hiddenSheet(chosen.sheet, candidates)] : [];
  try {
    yield {
      kind: 'sheet',
      name: zip.name,
      sheet: chosen.sheet.name,
      otherSheets: candidates.map(describeSheet),
      rows,
      notices: () => [...hidden, ...notes.notices()],
    };
  } finally {
    await rows.return(undefined);
  }
  for (const other of others) yield skippedSheet(zip, other);
}

function otherSheets({ sheets }: Workbook, chosen: Worksheet): readonly Sheet[] {
  return sheets.filter(({ part }) => part !== null && part !== chosen.part);
}

function skippedSheet(zip: ZipArchive, { sheet: { name, isHidden }, isTable }: RankedSheet): UnpackedFile {
  return {
    kind: 'skipped',
    name: shownName(zip.name === null ? name : `${zip.name}: ${name}`),
    reason: `another sheet of the workbook${isHidden ? ', which is hidden' : ''}; to import it, send the workbook again with ?sheet=${encodeURIComponent(name)}`,
    mayHoldRows: isTable,
  };
}

/** A hidden sheet may not be meant to be imported, so the merchant has to know. */
function hiddenSheet({ name }: Worksheet, others: readonly Sheet[]): FileNotice {
  const shown = others.filter(({ isHidden }) => !isHidden).map(describeSheet);
  const why = shown.length === 0 ? 'no other has a value' : `there is no table in ${listSheets(shown)}`;
  return {
    code: 'hidden_sheet',
    message: `The rows are those of sheet "${name}", which is hidden in the workbook, because ${why}. To import another sheet, send the workbook again with ?sheet= and its name.`,
  };
}

function noRows({ sheets }: Workbook, wanted: string | undefined, file: string | null): UnpackError {
  const what = wanted === undefined ? 'The workbook' : `Sheet "${shownName(wanted)}" of the workbook`;
  const names = `The sheets of the workbook are ${listSheets(sheets.map(describeSheet))}.`;
  return new UnpackError(
    'no_rows_in_workbook',
    `${what} has no cell with a value. ${sheets.length > 1 ? `${names} ` : ''}Fill it, or send the file that has the data.`,
    { file },
  );
}
