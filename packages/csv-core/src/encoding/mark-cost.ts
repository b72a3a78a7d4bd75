/** What stands right before and right behind a character; '' at the ends of a text. */
export interface Sides {
  readonly before: string;
  readonly after: string;
}

const LETTER = /[\p{L}\p{M}]/u;
const BEYOND_ASCII = /[^\p{ASCII}]/u;
const CELL_EDGE = /^[,;|\t"\r\n]?$/;
const BLANK_OR_EDGE = /^[\s,;|"(]?$/;

const MARKS: readonly (readonly [characters: string, bits: number])[] = [
  ['’', 5],
  ['€£–“”…', 6],
  ['—‘„°®™´«»¡¿ºª№\u00a0', 7],
  ['©§·•½¥×²µ\ufeff', 9],
];
const MARK_BITS: ReadonlyMap<string, number> = new Map(
  MARKS.flatMap(([characters, bits]) => Array.from(characters, (character) => [character, bits] as const)),
);
/** A mark that nobody types. */
const ODD_MARK_BITS = 12;
/** What is no character: unassigned, for private use, or a control from beyond ASCII. */
const NO_CHARACTER_BITS = 24;
const NO_CHARACTER = /[\p{Cn}\p{Co}\p{Cc}\p{Cs}\ufffd]/u;

/** Beside a letter, marks other than quotes and the like are rare. */
const BESIDE_LETTER_BITS = 6;
const BESIDE_LETTERS = '’‘“”„«»™®©–—…¡¿ºª\u00a0';
/** A mark between two letters; an apostrophe is at home there. */
const INNER_MARK_BITS = 7;
const APOSTROPHE_BITS = 3;
const INNER_MARKS = '‘–';
/** A closing quote that opens a word. */
const WRONG_SIDE_BITS = 5;
const MARKS_IN_A_ROW_BITS = 4;
/** What any character costs more that is all there is in a cell. */
const LONE_IN_CELL_BITS = 8;

/** What a character beyond ASCII costs that is no letter, in bits. */
export function markBits(mark: string, sides: Sides): number {
  if (NO_CHARACTER.test(mark)) return NO_CHARACTER_BITS;
  const { before, after } = sides;
  const isBehindLetter = LETTER.test(before);
  const isBeforeLetter = LETTER.test(after);
  if (mark === '’' && isBehindLetter && isBeforeLetter) return APOSTROPHE_BITS;
  let bits = (MARK_BITS.get(mark) ?? ODD_MARK_BITS) + loneInCellBits(sides);
  if (isBehindLetter && isBeforeLetter && !INNER_MARKS.includes(mark)) bits += INNER_MARK_BITS;
  else if ((isBehindLetter || isBeforeLetter) && !BESIDE_LETTERS.includes(mark)) bits += BESIDE_LETTER_BITS;
  if ('’”'.includes(mark) && BLANK_OR_EDGE.test(before) && isBeforeLetter) bits += WRONG_SIDE_BITS;
  if (BEYOND_ASCII.test(before) && !isBehindLetter) bits += MARKS_IN_A_ROW_BITS;
  return bits;
}

/** What it costs that a character is all there is in its cell. */
export function loneInCellBits({ before, after }: Sides): number {
  return CELL_EDGE.test(before) && CELL_EDGE.test(after) ? LONE_IN_CELL_BITS : 0;
}
