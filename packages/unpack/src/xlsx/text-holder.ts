import { detach } from './cell-string.js';
import { workbookTooLarge } from './workbook-too-large.js';

/** UTF-16 units that are held of a part: of the list of sheets, say, or of the styles. */
const MAX_LENGTH = 16 * 1024 ** 2;

/** What a text costs, however short it is. */
const BASE_LENGTH = 64;

/** Gives the same text, to be held while the workbook is read. */
export type TextHolder = (text: string) => string;

/**
 * Counts the texts that are held of a part.
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
