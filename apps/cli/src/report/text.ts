import { shownText } from '@pledgeline/csv-core';

const graphemes = new Intl.Segmenter('en', { granularity: 'grapheme' });

// Scripts and emoji that take two columns in a terminal.
const WIDE =
  /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Hangul}\p{Emoji_Presentation}\u3000-\u303f\uff01-\uff60]/u;

/**
 * Makes text of a file safe for one line of a terminal. It replaces line breaks, escape sequences and marks that change
 * the direction of text, with which a cell could rewrite the screen.
 */
export function printable(text: string): string {
  return shownText(text.replace(/\r\n|[\r\n]/g, '⏎'), '·');
}

/** How many columns a text takes in a terminal. */
export function displayWidth(text: string): number {
  let width = 0;
  for (const { segment } of graphemes.segment(text)) width += WIDE.test(segment) ? 2 : 1;
  return width;
}

/** Cuts a text to at most `width` columns, with an ellipsis at the end if anything was cut. */
export function cut(text: string, width: number): string {
  if (displayWidth(text) <= width) return text;
  let kept = '';
  let used = 1;
  for (const { segment } of graphemes.segment(text)) {
    used += WIDE.test(segment) ? 2 : 1;
    if (used > width) break;
    kept += segment;
  }
  return `${kept.trimEnd()}…`;
}

/** Wraps a text into lines of at most `width` columns, at blanks. A longer word is broken anywhere. */
export function wrap(text: string, width: number): readonly string[] {
  const lines: string[] = [];
  let line = '';
  for (const word of text.split(/\s+/).flatMap((each) => pieces(each, width))) {
    if (line !== '' && displayWidth(line) + 1 + displayWidth(word) > width) {
      lines.push(line);
      line = '';
    }
    line = line === '' ? word : `${line} ${word}`;
  }
  if (line !== '') lines.push(line);
  return lines;
}

function pieces(word: string, width: number): readonly string[] {
  if (displayWidth(word) <= width) return [word];
  const parts: string[] = [];
  let part = '';
  for (const { segment } of graphemes.segment(word)) {
    if (displayWidth(part) + displayWidth(segment) > width) {
      parts.push(part);
      part = '';
    }
    part += segment;
  }
  return part === '' ? parts : [...parts, part];
}

/** A time of the API (RFC 3339) in UTC, to the minute: `2027-11-23 12:00`. */
export function toMinute(time: string): string {
  return new Date(time).toISOString().slice(0, 16).replace('T', ' ');
}
