const BLANKS = /[\t\n\v\f\r\u0085\u2028\u2029]+/g;
/** Control characters, and marks that turn the direction of the text around them. */
const HARMFUL = /[\p{Cc}\p{Bidi_Control}]/gu;

/** Longer than any file or sheet is called, paths that programs make aside. */
const MAX_NAME_LENGTH = 255;
/** What is kept of a longer name's end, where a path says what the file is. */
const END_LENGTH = 100;

/**
 * The text without what Postgres or JSON readers refuse: U+0000 becomes U+2400, half of a surrogate pair U+FFFD. It
 * keeps its length.
 */
export function storableText(text: string): string {
  return text.replaceAll('\u0000', '\u2400').toWellFormed();
}

/**
 * The text as it may be stored, and shown in one line: line breaks and tabs become a space, each run one; other control
 * characters and direction marks become `mark`, half of a surrogate pair U+FFFD.
 */
export function shownText(text: string, mark = '\ufffd'): string {
  return text.toWellFormed().replace(BLANKS, ' ').replace(HARMFUL, mark);
}

/**
 * A name that somebody else wrote, as {@link shownText}; the middle of what is longer than 255 UTF-16 units is left out.
 *
 * @param mark one unit, or none
 */
export function shownName(name: string, mark?: string): string {
  if (name.length <= MAX_NAME_LENGTH) return shownText(name, mark);
  const start = name.slice(0, MAX_NAME_LENGTH - END_LENGTH - 1);
  return `${shownText(start, mark)}…${shownText(name.slice(-END_LENGTH), mark)}`;
}
