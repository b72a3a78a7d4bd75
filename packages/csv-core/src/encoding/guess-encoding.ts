import { characterWidth } from './character-width.js';
import { countIllegal } from './decode-legacy.js';
import { concat, countUtf8 } from './decode-utf8.js';
import { type EastAsianModel, eastAsianModels } from './east-asian-model.js';
import { textBits } from './text-bits.js';

/** An encoding that bytes seem to have. */
export interface EncodingGuess {
  /** WHATWG name. */
  readonly name: string;
  readonly certain: boolean;
}

/** What is read when nothing better is known: most files that are not UTF-8 come from Western Windows. */
const USUAL = 'windows-1252';

/**
 * Encodings of one byte per character, and by how many bits each must explain the bytes better than the usual one, for
 * files of it are rarer. Most of their letters stand in the same places, so a few words are not enough to choose by.
 */
const SINGLE_BYTE: readonly (readonly [name: string, handicap: number])[] = [
  [USUAL, 0],
  ['macintosh', 6],
  ['windows-1250', 8],
  ['iso-8859-2', 10],
  ['windows-1251', 9],
  ['windows-1253', 9],
  ['windows-1254', 12],
];
const EAST_ASIAN_HANDICAP = 4;
const UTF8_HANDICAP = -6;

/** UTF-8 is certain when no other encoding comes closer than this. */
const CERTAIN_BITS = 16;

/** What an East Asian character costs more beside a Latin letter: words of the two scripts rarely touch. */
const BESIDE_LETTER_BITS = 10;

/** What a narrow katakana costs more alone: there are no words of one. */
const LONE_KATAKANA_BITS = 8;

/**
 * What bytes cost more that are no character. Not without end: a file with some damage is to be refused as what it is,
 * not read as something else.
 */
const ILLEGAL_BITS = 30;

/** More than enough to judge by, once it is condensed. */
const MAX_LENGTH = 4_096;
/** Plain ASCII on either side of other bytes that says something about them. */
export const CONTEXT_LENGTH = 4;

/**
 * Guesses the encoding of bytes that are not all ASCII: the one in which they are the least surprising text.
 *
 * @param sample bytes from the first one that is not ASCII, or from {@link CONTEXT_LENGTH} before it
 * @param isWhole whether the file ends with them
 */
export function guessEncoding(sample: Uint8Array, isWhole: boolean): EncodingGuess {
  const { long, invalid, isCut } = countUtf8(sample);
  // Three bytes that fit by chance are too rare to think of. Two are not: a name or two may look like Greek.
  if (invalid === 0 && long > 0) return { name: 'utf-8', certain: true };
  const bytes = condense(sample);
  const utf8 = utf8Bits(bytes, isWhole) + UTF8_HANDICAP;
  let best = { name: USUAL, bits: Infinity };
  // What is valid UTF-8 would be accents that are each followed by a mark in an encoding of one byte per character.
  const isUtf8 = invalid === 0 && !(isWhole && isCut);
  const others = isUtf8 ? weighEastAsian(bytes) : [...weighSingleByte(bytes), ...weighEastAsian(bytes)];
  for (const guess of others) if (guess.bits < best.bits) best = guess;
  // One character is too little to leave what most files are for; two are not.
  const isLone = isUtf8 && countHigh(sample) === 2;
  if (best.bits < utf8 && !isLone) return { name: best.name, certain: false };
  return { name: 'utf-8', certain: invalid === 0 && best.bits - utf8 >= CERTAIN_BITS };
}

function countHigh(bytes: Uint8Array): number {
  let count = 0;
  for (const byte of bytes) if (byte >= 0x80) count += 1;
  return count;
}

/** The bytes beyond ASCII with a little of what stands around them; the rest is the same in every encoding. */
function condense(sample: Uint8Array): Uint8Array {
  const condensed = new Uint8Array(MAX_LENGTH);
  let length = 0;
  let next = 0;
  for (let at = 0; at < sample.length && length < MAX_LENGTH; at += 1) {
    if ((sample[at] ?? 0) < 0x80) continue;
    if (at - CONTEXT_LENGTH > next && length > 0) {
      // What does not stand together must not read as one word.
      condensed[length] = LINE_END;
      length += 1;
    }
    const end = Math.min(at + 1 + CONTEXT_LENGTH, sample.length);
    for (next = Math.max(next, at - CONTEXT_LENGTH); next < end && length < MAX_LENGTH; next += 1) {
      condensed[length] = sample[next] ?? 0;
      length += 1;
    }
  }
  return condensed.subarray(0, length);
}

const LINE_END = 0x0a;

function utf8Bits(condensed: Uint8Array, isWhole: boolean): number {
  // Behind a line end a character that the file ends within is as illegal as any other.
  const bytes = isWhole ? concat(condensed, Uint8Array.of(LINE_END)) : condensed;
  const text = new TextDecoder('utf-8').decode(bytes, { stream: true });
  return asciiTotal(condensed) + textBits(text) + countUtf8(bytes).invalid * ILLEGAL_BITS;
}

/** How surprising the bytes are in each encoding of one byte per character, in bits, handicaps included. */
function weighSingleByte(bytes: Uint8Array) {
  const ascii = asciiTotal(bytes);
  return SINGLE_BYTE.map(([name, handicap]) => {
    // As a stream: else Node 20 reads 0x80 to 0x9F of Windows-1252 as Latin-1.
    const text = new TextDecoder(name).decode(bytes, { stream: true });
    return { name, bits: handicap + ascii + textBits(text) };
  });
}

/** The same for the encodings of East Asia. */
function weighEastAsian(bytes: Uint8Array) {
  return eastAsianModels().map((model) => ({
    name: model.name,
    bits: EAST_ASIAN_HANDICAP + eastAsianBits(bytes, model),
  }));
}

function eastAsianBits(bytes: Uint8Array, { name, bits: bitsOf }: EastAsianModel): number {
  let bits = countIllegal(name, bytes) * ILLEGAL_BITS;
  let isAfterLetter = false;
  for (let at = 0; at < bytes.length; ) {
    const byte = bytes[at] ?? 0;
    const width = characterWidth(name, byte, bytes[at + 1] ?? 0);
    if (byte < 0x80) {
      bits += asciiBits(byte);
    } else {
      bits += bitsOf(codeAt(bytes, at, width));
      if (width === 1 && isAscii(bytes[at - 1]) && isAscii(bytes[at + 1])) bits += LONE_KATAKANA_BITS;
      if (isAfterLetter) bits += BESIDE_LETTER_BITS;
      if (isAsciiLetter(bytes[at + width] ?? 0)) bits += BESIDE_LETTER_BITS;
    }
    isAfterLetter = isAsciiLetter(byte);
    at += width;
  }
  return bits;
}

/** The bytes of a character as one number, the first highest. */
function codeAt(bytes: Uint8Array, at: number, width: number): number {
  let code = 0;
  for (let next = at; next < at + width; next += 1) code = code * 256 + (bytes[next] ?? 0);
  return code;
}

function asciiTotal(bytes: Uint8Array): number {
  return bytes.reduce((bits, byte) => bits + (byte < 0x80 ? asciiBits(byte) : 0), 0);
}

function isAscii(byte: number | undefined): boolean {
  return byte === undefined || byte < 0x80;
}

function isAsciiLetter(byte: number): boolean {
  const small = byte | 0x20;
  return small >= 0x61 && small <= 0x7a;
}

/** It matters only where an ASCII byte may be the second one of a character. */
function asciiBits(byte: number): number {
  return ASCII_BITS[byte] ?? 0;
}

const ASCII_BITS = Array.from({ length: 128 }, (_, byte) =>
  /[\w .,;:"'()@/+-]/.test(String.fromCharCode(byte)) ? 5 : 9,
);
