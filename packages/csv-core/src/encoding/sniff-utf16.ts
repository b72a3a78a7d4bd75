import type { Utf16Name } from './decode-utf16.js';

/** Tab, line ends, blank, quote, comma, semicolon: what makes a table of text, in whatever script. */
const STRUCTURE = [0x09, 0x0a, 0x0d, 0x20, 0x22, 0x2c, 0x3b];

/**
 * Tells UTF-16 without a byte order mark by the characters that every table has: there each has a NUL at its side, always
 * the same. Letters prove nothing, for many East Asian characters look like an ASCII letter with a NUL from the other side.
 *
 * @param head the first bytes of the file
 */
export function sniffUtf16(head: Uint8Array): Utf16Name | null {
  let little = 0;
  let big = 0;
  let plain = 0;
  for (let at = 0; at + 1 < head.length; at += 2) {
    const [first = 0, second = 0] = head.subarray(at, at + 2);
    if (second === 0 && isStructure(first)) little += 1;
    else if (first === 0 && isStructure(second)) big += 1;
    else if (isPlain(first, second)) plain += 1;
  }
  // Twice, for a comma beside a NUL is rarer in plain text than a character that looks plain is in UTF-16.
  if (2 * Math.abs(little - big) <= plain) return null;
  const name = little > big ? 'utf-16le' : 'utf-16be';
  return isPlausible(head, name) ? name : null;
}

/** One in so many characters may be none, and a few besides: texts are damaged, but they are not random. */
const CHARACTERS_PER_ODD_ONE = 25;
const FEW_ODD_ONES = 1;
/** Unassigned, for private use, or a control other than tab and line ends. */
const ODD = /(?![\t\n\r])[\p{Cn}\p{Co}\p{Cc}]/gu;
const ASCII_TEXT = /[\t\n\r -~]/g;

/** Whether bytes are text in UTF-16 rather than binary data with a NUL beside a comma. Half an emoji is no objection. */
function isPlausible(head: Uint8Array, name: Utf16Name): boolean {
  const text = new TextDecoder(name, { ignoreBOM: true }).decode(head, { stream: true });
  const odd = text.match(ODD)?.length ?? 0;
  return odd <= FEW_ODD_ONES + text.length / CHARACTERS_PER_ODD_ONE;
}

/**
 * Whether a file can be the UTF-16 that somebody says it is. Without one character of ASCII it has no line ends and no
 * delimiters; then bytes that could be some mean that it is another encoding.
 *
 * @param head the first bytes of the file
 */
export function canBeUtf16(head: Uint8Array, name: Utf16Name): boolean {
  const text = new TextDecoder(name, { ignoreBOM: true }).decode(head, { stream: true });
  return text.match(ASCII_TEXT) !== null || !head.some(isStructure);
}

function isStructure(byte: number): boolean {
  return STRUCTURE.includes(byte);
}

/** Two bytes as in plain text, where a comma stands beside a letter. A few East Asian characters look like that too. */
function isPlain(first: number, second: number): boolean {
  return (isStructure(first) && isAscii(second)) || (isStructure(second) && isAscii(first));
}

function isAscii(byte: number): boolean {
  return isStructure(byte) || (byte > 0x20 && byte < 0x7f);
}
