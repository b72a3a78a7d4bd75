import { unescapeString } from './cell-string.js';
import { createStringStore, type StringStore } from './string-store.js';
import { workbookTooLarge } from './workbook-too-large.js';
import { createXmlReader } from './xml-reader.js';

/** The shared strings of a workbook, by their number. */
export type SharedStrings = Pick<StringStore, 'get' | 'release'>;

/**
 * Reads the strings that cells refer to by number (ECMA-376 part 1, 18.4.9). Runs of rich text are joined, phonetic
 * readings (18.4.6) are left out. The caller releases them.
 *
 * @param maxBytes how much memory they may take together
 * @throws UnpackError `workbook_too_large`, `damaged_archive`
 */
export async function readSharedStrings(
  part: string,
  pieces: AsyncIterable<Uint8Array>,
  maxBytes: number,
): Promise<SharedStrings> {
  const strings = createStringStore();
  let text = '';
  let isText = false;
  let isPhonetic = false;
  const reader = createXmlReader(part, {
    open(name) {
      if (name === 't') isText = !isPhonetic;
      else if (name === 'rPh') isPhonetic = true;
      else if (name === 'si') text = '';
    },
    text(more) {
      if (!isText) return;
      text += more;
      if (text.length > maxBytes) throw workbookTooLarge(part);
    },
    close(name) {
      if (name === 't') isText = false;
      else if (name === 'rPh') isPhonetic = false;
      else if (name === 'si') {
        strings.add(unescapeString(text));
        if (strings.bytes > maxBytes) throw workbookTooLarge(part);
      }
    },
  });
  try {
    await reader.readAll(pieces);
  } catch (error) {
    strings.release();
    throw error;
  }
  return strings;
}
