import { detach } from './cell-string.js';
import { workbookTooLarge } from './workbook-too-large.js';

/** In UTF-16 units, for one part such as the list of sheets or the styles. */
const MAX_LENGTH = 16 * 1024 ** 2;

/** What each text costs in addition to its length. */
const BASE_LENGTH = 64;

/** Copies a text that is held in memory while the workbook is read, and counts it. */
export type TextHolder = (text: string) => string;

/**
 * Creates a holder that limits how much text of one part is held in memory.
 *
 * @throws UnpackError `workbook_too_large`, from the holder
 */
export function createTextHolder(part: string): TextHolder {
  let held = 0;
  return (text) => {
    held += BASE_LENGTH + text.length;
    if (held > MAX_LENGTH) throw workbookTooLarge(part);
    return detach(text);
  };
}
