import { big5, euc_jp, euc_kr, gb_18030, sjis } from 'chardet/lib/encoding/mbcs.js';
import { createByteDecoder } from './byte-decoder.js';
import { characterWidth } from './character-width.js';
import { NAME_CHARACTERS } from './name-characters.js';

/** How surprising a character is in an encoding, in bits: the negative binary logarithm of its share in such text. */
export interface EastAsianModel {
  /** WHATWG name. */
  readonly name: string;
  /** @param code the bytes of the character as one number, the first highest */
  bits(code: number): number;
  /** Whether a character is one of those of which text mostly consists. */
  isFrequent(code: number): boolean;
}

/** Characters of one kind: those whose first byte is from `first[0]` to `first[1]`, and the last one likewise. */
interface Region {
  readonly first: readonly [from: number, to: number];
  readonly last: readonly [from: number, to: number];
  /** Of all characters in a text. An estimate: what counts is the order of magnitude. */
  readonly share: number;
}

interface Description {
  readonly name: string;
  /** Codes of the characters of which running text mostly consists. */
  readonly prose: readonly number[];
  readonly names: string;
  readonly regions: readonly Region[];
}

/** Of the characters that are listed one by one. */
const LISTED_SHARE = 0.5;

/** For a character of no region: some 10,000 share very little. */
const ELSEWHERE_BITS = 24;

const HIGH: Region['last'] = [0xa1, 0xfe];
const LOW: Region['last'] = [0x40, 0x7e];
const MIDDLE: Region['last'] = [0x80, 0xa0];

/**
 * The encodings of East Asia that files are met in; GB18030 includes GBK. The standards put frequent characters into
 * blocks of their own, which is what tells them apart: the blocks overlap, but not their frequent parts.
 */
const DESCRIPTIONS: readonly Description[] = [
  {
    name: 'shift_jis',
    prose: new sjis().commonChars,
    names: NAME_CHARACTERS.japanese,
    regions: [
      { first: [0x82, 0x82], last: [0x9f, 0xf1], share: 0.1 }, // hiragana
      { first: [0x83, 0x83], last: [0x40, 0x96], share: 0.12 }, // katakana
      { first: [0x88, 0x97], last: [0x40, 0xfc], share: 0.25 }, // kanji in use
      { first: [0x81, 0x81], last: [0x40, 0xac], share: 0.02 }, // punctuation
      { first: [0x82, 0x82], last: [0x4f, 0x9a], share: 0.02 }, // wide letters and digits
      { first: [0x00, 0x00], last: [0xa1, 0xdf], share: 0.06 }, // narrow katakana, of one byte
      { first: [0x98, 0x9f], last: [0x40, 0xfc], share: 0.01 }, // other kanji
      { first: [0xe0, 0xea], last: [0x40, 0xfc], share: 0.01 },
      { first: [0xfa, 0xfc], last: [0x40, 0xfc], share: 0.002 }, // variants of kanji, met in names
    ],
  },
  {
    name: 'euc-jp',
    prose: new euc_jp().commonChars,
    names: NAME_CHARACTERS.japanese,
    regions: [
      { first: [0xa4, 0xa4], last: HIGH, share: 0.1 }, // hiragana
      { first: [0xa5, 0xa5], last: HIGH, share: 0.12 }, // katakana
      { first: [0xb0, 0xcf], last: HIGH, share: 0.25 }, // kanji in use
      { first: [0xa1, 0xa1], last: HIGH, share: 0.02 }, // punctuation
      { first: [0xa3, 0xa3], last: HIGH, share: 0.02 }, // wide letters and digits
      { first: [0x8e, 0x8e], last: [0xa1, 0xdf], share: 0.01 }, // narrow katakana
      { first: [0xd0, 0xf4], last: HIGH, share: 0.01 }, // other kanji
      { first: [0x8f, 0x8f], last: HIGH, share: 0.0005 },
    ],
  },
  {
    name: 'gb18030',
    prose: new gb_18030().commonChars,
    names: NAME_CHARACTERS.simplifiedChinese,
    regions: [
      { first: [0xb0, 0xd7], last: HIGH, share: 0.4 }, // hanzi in use, by sound
      { first: [0xd8, 0xf7], last: HIGH, share: 0.05 }, // other hanzi
      { first: [0xa1, 0xa3], last: HIGH, share: 0.03 }, // punctuation, wide letters and digits
      { first: [0x81, 0xa0], last: HIGH, share: 0.004 }, // traditional and rare hanzi
      { first: [0x81, 0xfe], last: LOW, share: 0.004 },
      { first: [0x81, 0xfe], last: MIDDLE, share: 0.002 },
    ],
  },
  {
    name: 'big5',
    prose: new big5().commonChars,
    names: NAME_CHARACTERS.traditionalChinese,
    regions: [
      { first: [0xa4, 0xc6], last: LOW, share: 0.16 }, // hanzi in use, by strokes
      { first: [0xa4, 0xc6], last: HIGH, share: 0.24 },
      { first: [0xc9, 0xf9], last: LOW, share: 0.015 }, // other hanzi
      { first: [0xc9, 0xf9], last: HIGH, share: 0.025 },
      { first: [0xa1, 0xa3], last: LOW, share: 0.015 }, // punctuation, wide letters and digits
      { first: [0xa1, 0xa3], last: HIGH, share: 0.015 },
    ],
  },
  {
    name: 'euc-kr',
    prose: new euc_kr().commonChars,
    names: NAME_CHARACTERS.korean,
    regions: [
      { first: [0xb0, 0xc8], last: HIGH, share: 0.4 }, // syllables
      { first: [0xa1, 0xa3], last: HIGH, share: 0.02 }, // punctuation, wide letters and digits
      { first: [0xca, 0xfd], last: HIGH, share: 0.005 }, // hanja
    ],
  },
];

let models: readonly EastAsianModel[] | null = null;

/** Made when first asked for: few files need them. */
export function eastAsianModels(): readonly EastAsianModel[] {
  models ??= DESCRIPTIONS.map(createModel);
  return models;
}

function createModel({ name, prose, names, regions }: Description): EastAsianModel {
  const listed = new Set([...prose, ...codesOf(name, names)]);
  const listedBits = Math.log2(listed.size / LISTED_SHARE);
  const sized = regions.map(({ first, last, share }) => {
    const size = (first[1] - first[0] + 1) * (last[1] - last[0] + 1);
    return { first, last, bits: Math.log2(size / share) };
  });
  return {
    name,
    isFrequent: (code) => listed.has(code),
    bits(code) {
      if (listed.has(code)) return listedBits;
      const lead = code > 0xffff ? code >>> 16 : code >>> 8;
      const region = sized.find(({ first, last }) => within(lead, first) && within(code & 0xff, last));
      return region?.bits ?? ELSEWHERE_BITS;
    },
  };
}

function within(byte: number, [from, to]: readonly [number, number]): boolean {
  return byte >= from && byte <= to;
}

const FIRST_LEAD = 0x81;
const FIRST_TAIL = 0x40;
const TAILS = 0xff - FIRST_TAIL;
const PAIRS = (0xff - FIRST_LEAD) * TAILS;

/** The codes of two bytes that decode to the given characters. There is no encoder for them, so all are decoded. */
function codesOf(name: string, characters: string): readonly number[] {
  const bytes = new Uint8Array(PAIRS * 3);
  for (let index = 0; index < PAIRS; index += 1) {
    const code = pairAt(index);
    // A line end after each pair keeps an illegal one from swallowing the next.
    bytes.set([code >> 8, code & 0xff, 0x0a], index * 3);
  }
  const wanted = new Set(characters);
  const codes: number[] = [];
  let index = 0;
  for (const character of createByteDecoder(name, { isStrict: false }).decode(bytes)) {
    if (character === '\n') index += 1;
    else if (wanted.has(character)) codes.push(pairAt(index));
  }
  return codes;
}

function pairAt(index: number): number {
  const lead = FIRST_LEAD + Math.floor(index / TAILS);
  return (lead << 8) | (FIRST_TAIL + (index % TAILS));
}

/** What a character costs more beside a Latin letter: words of the two scripts rarely touch. */
const BESIDE_LETTER_BITS = 10;

/** What a narrow katakana costs more alone: there are no words of one. */
const LONE_KATAKANA_BITS = 8;

/** How surprising a word is, in bits; bytes that are no character are not counted. */
export function weighEastAsianWord(bytes: Uint8Array, { name, bits: bitsOf }: EastAsianModel): number {
  let bits = 0;
  let isAfterLetter = false;
  for (let at = 0; at < bytes.length; ) {
    const byte = bytes[at] ?? 0;
    const width = characterWidth(name, byte, bytes[at + 1] ?? 0);
    if (byte >= 0x80) {
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

/** Whether what is beyond ASCII in a word are frequent characters in an encoding, and no Latin letter is beside them. */
export function isFrequentWord(bytes: Uint8Array, encoding: string): boolean {
  const model = eastAsianModels().find(({ name }) => name === encoding);
  for (let at = 0; at < bytes.length; ) {
    const byte = bytes[at] ?? 0;
    const width = characterWidth(encoding, byte, bytes[at + 1] ?? 0);
    if (byte >= 0x80 ? model?.isFrequent(codeAt(bytes, at, width)) !== true : isAsciiLetter(byte))
      return false;
    at += width;
  }
  return true;
}

/** The bytes of a character as one number, the first highest. */
function codeAt(bytes: Uint8Array, at: number, width: number): number {
  let code = 0;
  for (let next = at; next < at + width; next += 1) code = code * 256 + (bytes[next] ?? 0);
  return code;
}

function isAscii(byte: number | undefined): boolean {
  return byte === undefined || byte < 0x80;
}

function isAsciiLetter(byte: number): boolean {
  const small = byte | 0x20;
  return small >= 0x61 && small <= 0x7a;
}
