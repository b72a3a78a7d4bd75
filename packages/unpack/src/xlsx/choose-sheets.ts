import { shownName } from '@pledgeline/csv-core';
import { UnpackError } from '../unpack-error.js';
import type { Sheet } from './workbook.js';

/** How many names a message lists: no more than a person reads. */
const MAX_NAMES = 20;

/** A sheet that may have rows. */
export interface Worksheet extends Sheet {
  readonly part: string;
}

/**
 * The sheets that may be meant: only the one that was asked for, else all, hidden ones last.
 *
 * @param wanted a name in any case, or a number from 1 in the order of the tabs, which may be charts as well
 * @param file the workbook's name
 * @throws UnpackError `sheet_not_found`
 */
export function chooseSheets(
  sheets: readonly Sheet[],
  wanted: string | undefined,
  file: string | null,
): readonly Worksheet[] {
  if (wanted === undefined) {
    const worksheets = sheets.filter(isWorksheet);
    return [
      ...worksheets.filter(({ isHidden }) => !isHidden),
      ...worksheets.filter(({ isHidden }) => isHidden),
    ];
  }
  const key = keyOf(wanted);
  const found =
    sheets.find(({ name }) => keyOf(name) === key) ??
    (/^[1-9]\d{0,5}$/.test(key) ? sheets[Number(key) - 1] : undefined);
  if (found === undefined) throw notFound(sheets, wanted, file);
  if (!isWorksheet(found)) throw noWorksheet(sheets, found, file);
  return [found];
}

function isWorksheet(sheet: Sheet): sheet is Worksheet {
  return sheet.part !== null;
}

/** Compares names as they are shown, because the merchant may have copied one from a message. */
function keyOf(name: string): string {
  return shownName(name).trim().normalize('NFC').toLowerCase();
}

function notFound(sheets: readonly Sheet[], wanted: string, file: string | null): UnpackError {
  return new UnpackError(
    'sheet_not_found',
    `The workbook has no sheet "${shownName(wanted)}". ${whatToSay(sheets)}`,
    { file },
  );
}

function noWorksheet(sheets: readonly Sheet[], { name, otherKind }: Sheet, file: string | null): UnpackError {
  return new UnpackError(
    'sheet_not_found',
    `Sheet "${name}" of the workbook is ${otherKind} and has no rows. ${whatToSay(sheets)}`,
    { file },
  );
}

function whatToSay(sheets: readonly Sheet[]): string {
  return `Its sheets are ${listSheets(sheets.map(describeSheet))}; say one of these names, or a number from 1 to ${sheets.length}.`;
}

/** The name of a sheet, and what else a person has to know to find it. */
export function describeSheet({ name, part, otherKind, isHidden }: Sheet): string {
  const remarks = [...(part === null ? [otherKind] : []), ...(isHidden ? ['hidden'] : [])];
  return remarks.length === 0 ? `"${name}"` : `"${name}" (${remarks.join(', ')})`;
}

/** Lists sheets, but no more than a person reads. */
export function listSheets(described: readonly string[]): string {
  return [...described.slice(0, MAX_NAMES), ...(described.length > MAX_NAMES ? ['…'] : [])].join(', ');
}
