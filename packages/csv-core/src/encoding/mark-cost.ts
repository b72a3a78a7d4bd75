/** What stands right before and right behind a character; '' at the ends of a text. */
export interface Sides {
  readonly before: string;
  readonly after: string;
}

const LETTER = /[\p{L}\p{M}]/u;
const BEYOND_ASCII = /[^\p{ASCII}]/u;
const SMALL = /\p{Ll}/u;
const CAPITAL = /\p{Lu}/u;
const CELL_EDGE = /^[,;|\t"\r\n]?$/;
const BLANK_OR_EDGE = /^[\s,;|"(]?$/;

/** The sign for any currency: where it is met, the euro was meant, which has its place in ISO-8859-15. */
const CURRENCY_SIGN_BITS = 28;
const MARKS: readonly (readonly [characters: string, bits: number])[] = [
  ['’', 5],
  ['€£–“”…', 6],
  ['—‘„°®™´«»¡¿ºª№\u00a0', 7],
  ['©§·•½¥×²µ\u00ad\ufeff', 9],
  ['¤', CURRENCY_SIGN_BITS],
];
const MARK_BITS: ReadonlyMap<string, number> = new Map(
  MARKS.flatMap(([characters, bits]) => Array.from(characters, (character) => [character, bits] as const)),
);
/** A mark that nobody types. */
const ODD_MARK_BITS = 12;
/** What is no character: unassigned, for private use, or a control from beyond ASCII. */
const NO_CHARACTER_BITS = 40;
const NO_CHARACTER = /[\p{Cn}\p{Co}\p{Cc}\p{Cs}\ufffd]/u;

/** Beside a letter, marks other than quotes and the like are rare. */
const BESIDE_LETTER_BITS = 6;
const ODD_BESIDE_LETTER_BITS = 10;
const BESIDE_LETTERS = '’‘“”„«»‹›™®©–—…¡¿ºª\u00a0';
/** A mark between two letters: dashes and quotes may be there by mistake. */
const INNER_MARK_BITS = 18;
const INNER_QUOTE_BITS = 7;
const INNER_QUOTES = '–—…‘“”';
/** Blanks that do not break, soft hyphens and the point of `col·lecció` belong there. */
const INNER_MARKS = '\u00a0\u00ad·';
/** An apostrophe is at home there, behind what is elided or before an ending. */
const APOSTROPHE_BITS = 3;
const UNUSUAL_APOSTROPHE_BITS = 6;
const ELIDED = /(?:(?:^|[^\p{L}\p{M}])\p{L}{1,2}|ll|nt|qu|st|un)$/iu;
const ENDING = /^(?:[b-df-hj-np-tv-xz]|ll|re|ve)(?![\p{L}\p{M}])/iu;
/** A closing quote that opens a word, or a sign that belongs behind one. */
const WRONG_SIDE_BITS = 5;
const CLOSING = '’”®™';
const MARKS_IN_A_ROW_BITS = 4;
/** What any character costs more that is all there is in a cell. */
const LONE_IN_CELL_BITS = 8;

/** What a character beyond ASCII costs that is no letter, in bits. */
export function markBits(mark: string, text: string, index: number): number {
  if (NO_CHARACTER.test(mark)) return NO_CHARACTER_BITS;
  const sides = sidesOf(mark, text, index);
  const { before, after } = sides;
  const isBehindLetter = LETTER.test(before);
  const isBeforeLetter = LETTER.test(after);
  if (mark === '’' && isBehindLetter && isBeforeLetter) return apostropheBits(text, index);
  let bits = (MARK_BITS.get(mark) ?? ODD_MARK_BITS) + loneInCellBits(sides);
  if (isBehindLetter && isBeforeLetter) bits += innerBits(mark, after);
  else if ((isBehindLetter || isBeforeLetter) && !BESIDE_LETTERS.includes(mark)) {
    bits += MARK_BITS.has(mark) ? BESIDE_LETTER_BITS : ODD_BESIDE_LETTER_BITS;
  }
  if (isBeforeLetter && isOnWrongSide(mark, sides)) bits += WRONG_SIDE_BITS;
  if (BEYOND_ASCII.test(before) && !isBehindLetter) bits += MARKS_IN_A_ROW_BITS;
  return bits;
}

function innerBits(mark: string, after: string): number {
  // A dash may stand between two names.
  if (INNER_MARKS.includes(mark) || (mark === '–' && CAPITAL.test(after))) return 0;
  return INNER_QUOTES.includes(mark) ? INNER_QUOTE_BITS : INNER_MARK_BITS;
}

/** `l’été`, `O’Brien`, `it’s`; what is before it and behind it is longer in no language that writes it often. */
function apostropheBits(text: string, index: number): number {
  const isUsual =
    ELIDED.test(text.slice(Math.max(0, index - 3), index)) || ENDING.test(text.slice(index + 1, index + 4));
  return isUsual ? APOSTROPHE_BITS : UNUSUAL_APOSTROPHE_BITS;
}

/** What stands beside a part of a text. */
export function sidesOf(part: string, text: string, index: number): Sides {
  return { before: text.charAt(index - 1), after: text.charAt(index + part.length) };
}

/** Of marks before a letter; a name may follow the sign of copyright, but begins with a capital. */
function isOnWrongSide(mark: string, { before, after }: Sides): boolean {
  return mark === '©' ? SMALL.test(after) : CLOSING.includes(mark) && BLANK_OR_EDGE.test(before);
}

/** What it costs that a character is all there is in its cell. */
export function loneInCellBits({ before, after }: Sides): number {
  return CELL_EDGE.test(before) && CELL_EDGE.test(after) ? LONE_IN_CELL_BITS : 0;
}
