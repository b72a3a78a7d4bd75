import { getFormatFromId } from 'numfmt';
import { createTextHolder } from './text-holder.js';
import { createXmlReader, damaged } from './xml-reader.js';

/** Number format codes by the style number in a cell's `s` attribute. */
export type CellFormats = readonly string[];

/** Stands for formats that depend on Excel's language (18.8.30): dates and times in Chinese, Japanese, Korean, Thai. */
export const LOCAL_DATE = 'local date';
const isLocalDate = (id: number) =>
  (id >= 27 && id <= 36) || (id >= 50 && id <= 58) || (id >= 71 && id <= 81);

/** Excel has at most 65,490 cell styles, and far fewer formats. */
const MAX_STYLES = 200_000;

/** As long as Excel allows. A longer code counts as General. */
const MAX_CODE_LENGTH = 255;

/** The last format that every Excel has. Of the Thai ones after it, those that are no dates are read as General. */
const LAST_BUILT_IN_ID = 49;

/**
 * Reads the number formats of the cell styles (ECMA-376 part 1, 18.8.10 and 18.8.31).
 *
 * @throws UnpackError `damaged_archive`, `workbook_too_large`
 */
export async function readCellFormats(part: string, pieces: AsyncIterable<Uint8Array>): Promise<CellFormats> {
  const ids: number[] = [];
  const hold = createTextHolder(part);
  const codes = new Map<number, string>();
  let list = '';
  let element = '';
  let id = 0;
  let code = '';
  const reader = createXmlReader(part, {
    open(name) {
      // Differential and named styles have elements of the same names.
      if (name === 'numFmts' || name === 'cellXfs') list = name;
      element = `${list}/${name}`;
      if (element === 'cellXfs/xf') ids.push(0);
      if (ids.length + codes.size > MAX_STYLES) throw damaged(part, 'there are too many styles');
    },
    attribute(name, value) {
      if (element === 'cellXfs/xf' && name === 'numFmtId') ids[ids.length - 1] = Number(value);
      if (element !== 'numFmts/numFmt') return;
      if (name === 'numFmtId') id = Number(value);
      if (name === 'formatCode') code = hold(value.length > MAX_CODE_LENGTH ? 'General' : value);
    },
    close(name) {
      if (element === 'numFmts/numFmt') codes.set(id, code);
      element = '';
      if (name === list) list = '';
    },
  });
  await reader.readAll(pieces);
  return ids.map((formatId) => codes.get(formatId) ?? builtIn(formatId));
}

function builtIn(id: number): string {
  if (isLocalDate(id)) return LOCAL_DATE;
  return id >= 0 && id <= LAST_BUILT_IN_ID ? getFormatFromId(id) : 'General';
}
