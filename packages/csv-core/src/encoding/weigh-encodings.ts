import { createByteDecoder } from './byte-decoder.js';
import { CANDIDATE_ENCODINGS, type CandidateEncoding } from './candidate-encodings.js';
import { type EastAsianModel, eastAsianModels, weighEastAsianWord } from './east-asian-model.js';
import { weighTexts } from './text-cost.js';
import type { ForeignWord } from './words-beyond-ascii.js';

/** How well an encoding explains the words of a file. */
export interface WeighedEncoding {
  /** WHATWG name, or that of a code page. */
  readonly name: string;
  /** Whether its characters are of one byte. */
  readonly isSingleByte: boolean;
  /** How surprising the words are, in bits, the handicap of the encoding included. */
  readonly bits: number;
  /** Of each word. */
  readonly wordBits: readonly number[];
  /** Each word as it reads. */
  readonly texts: readonly string[];
}

/** Files of them are rarer than those of the usual encoding. */
const EAST_ASIAN_HANDICAP = 4;

/** What a byte costs more that is no character. */
const ILLEGAL_BITS = 30;

/** Weighs all encodings that are found from the bytes alone, but for those of Unicode; the likeliest first. */
export function weighEncodings(words: readonly ForeignWord[]): readonly WeighedEncoding[] {
  const weighed = [
    ...CANDIDATE_ENCODINGS.map((candidate) => weighSingleByte(candidate, words)),
    ...weighEastAsianEncodings(words),
  ];
  return weighed.sort((left, right) => left.bits - right.bits);
}

/** The same for the encodings of East Asia alone, in no order. */
export function weighEastAsianEncodings(words: readonly ForeignWord[]): readonly WeighedEncoding[] {
  return eastAsianModels().map((model) => weighEastAsian(model, words));
}

/** Whether some word reads otherwise in two encodings. */
export function readsOtherwise(one: WeighedEncoding, other: WeighedEncoding): boolean {
  return one.texts.some((text, index) => text !== other.texts[index]);
}

function weighSingleByte(
  { name, handicap, languages }: CandidateEncoding,
  words: readonly ForeignWord[],
): WeighedEncoding {
  const texts = readWords(name, words);
  const { total, texts: wordBits } = weighTexts(texts, languages);
  return { name, isSingleByte: true, bits: total + handicap, wordBits, texts };
}

function weighEastAsian(model: EastAsianModel, words: readonly ForeignWord[]): WeighedEncoding {
  const { name } = model;
  const texts = readWords(name, words);
  const wordBits = words.map(({ bytes }, index) => {
    const illegal = texts[index]?.match(/\ufffd/g)?.length ?? 0;
    return weighEastAsianWord(bytes, model) + illegal * ILLEGAL_BITS;
  });
  const bits = wordBits.reduce((sum, word) => sum + word, EAST_ASIAN_HANDICAP);
  return { name, isSingleByte: false, bits, wordBits, texts };
}

/** No text holds it. */
const SEPARATOR = 0x1f;

/** The words as they read in an encoding; U+FFFD stands for what is no character. */
export function readWords(encoding: string, words: readonly ForeignWord[]): readonly string[] {
  const length = words.reduce((sum, { bytes }) => sum + bytes.length + 1, 0);
  const joined = new Uint8Array(length).fill(SEPARATOR);
  let at = 0;
  for (const { bytes } of words) {
    joined.set(bytes, at);
    at += bytes.length + 1;
  }
  const text = createByteDecoder(encoding, { isStrict: false }).decode(joined);
  return text.split(String.fromCharCode(SEPARATOR)).slice(0, words.length);
}
