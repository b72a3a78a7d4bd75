/** In UTF-16 units. Names of files and sheets are shorter; only paths that programs make are longer. */
const MAX_NAME_LENGTH = 255;

/** How much is kept of the end of a longer name: there a path says what the file is. */
const END_LENGTH = 100;

/** Control characters, line separators, and marks that change the direction of the text around them. */
const harmful = /[\p{Cc}\u2028\u2029\u200e\u200f\u202a-\u202e\u2066-\u2069]/gu;

/** A text that is safe to store and show: well-formed, in one line, and without NUL, which Postgres refuses. */
export function showText(text: string): string {
  return text.toWellFormed().replace(harmful, '\ufffd');
}

/** A foreign name that is safe to store and show. The middle of a long one is left out. */
export function showName(name: string): string {
  if (name.length <= MAX_NAME_LENGTH) return showText(name);
  const start = name.slice(0, MAX_NAME_LENGTH - END_LENGTH - 1);
  return `${showText(start)}…${showText(name.slice(-END_LENGTH))}`;
}
