/** Longer than any file or sheet is called, paths that programs make aside. */
const MAX_NAME_LENGTH = 255;

/** What is kept of a longer name's end, where a path says what the file is. */
const END_LENGTH = 100;

/** Control characters, line separators, and marks that turn the direction of the text around them. */
const harmful = /[\p{Cc}\u2028\u2029\u200e\u200f\u202a-\u202e\u2066-\u2069]/gu;

/** A text as it may be stored and shown: well-formed, in one line, without NUL, which Postgres refuses. */
export function showText(text: string): string {
  return text.toWellFormed().replace(harmful, '\ufffd');
}

/** A name that somebody else wrote, as it may be stored and shown; the middle of a long one is left out. */
export function showName(name: string): string {
  if (name.length <= MAX_NAME_LENGTH) return showText(name);
  const start = name.slice(0, MAX_NAME_LENGTH - END_LENGTH - 1);
  return `${showText(start)}…${showText(name.slice(-END_LENGTH))}`;
}
