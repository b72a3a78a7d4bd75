import { type Alphabet, CYRILLIC_ALPHABET, GREEK_ALPHABET, LATIN_ALPHABETS } from './alphabets.js';

/** Words with the marks that combine with their letters. Ordinals and the like are letters by name only. */
const WORDS_AND_MARKS = /(?:(?![ªºµˆˇ])[\p{L}\p{M}])+|[^\p{ASCII}]/gu;
const WORD = /^(?![ªºµˆˇ])[\p{L}\p{M}]/u;
const BEYOND_ASCII = /[^\p{ASCII}]/u;
const CELL_EDGE = /^[,;|\t"\r\n]?$/;

const MARKS: readonly (readonly [characters: string, bits: number])[] = [
  ['’', 5],
  ['€£–“”…', 6],
  ['—‘„°®™´«»¡¿ºª№\u00a0', 7],
  ['©§·•½¥×²µ\ufffd\ufeff', 9],
];
const MARK_BITS: ReadonlyMap<string, number> = new Map(
  MARKS.flatMap(([characters, bits]) => Array.from(characters, (character) => [character, bits] as const)),
);
/** A mark that nobody types. */
const ODD_MARK_BITS = 12;
const EMOJI_BITS = 9;
/** What is no character: unassigned, for private use, or a control from beyond ASCII. */
const NO_CHARACTER_BITS = 24;
const NO_CHARACTER = /[\p{Cn}\p{Co}\p{Cc}\p{Cs}]/u;
const EMOJI = /\p{Extended_Pictographic}/u;

/** A letter of another language than the rest of its word. */
const FOREIGN_BITS = 12;
/** A letter of no language that is listed. */
const RARE_BITS = 18;
const COMBINING_BITS = 7;
const CAPITAL_BITS = 3;
/** A capital after a small letter. */
const INNER_CAPITAL_BITS = 6;
/** Letters of two scripts side by side. */
const MIXED_BITS = 12;
/** The same where one looks like a letter of the other script: somebody typed it without noticing. */
const LOOKALIKE_BITS = 3;
const LOOKALIKES = /^[АВЕЅІЈКМНОРСТУХасеорхуіѕјΑΒΕΖΗΙΚΜΝΟΡΤΥΧο]+$/u;
/** A mark between two letters. */
const INNER_MARK_BITS = 7;
const MARKS_IN_A_ROW_BITS = 4;
/** A word of one letter, and what any character costs more that is all there is in a cell. */
const LONE_BITS = 3;
const LONE_IN_CELL_BITS = 8;
/** For one that is no word of a large language and no initial. */
const UNUSUAL_LONE_BITS = 6;
const WORDS_OF_ONE_LETTER = 'àáèéíóòöåőý';
const LONE = /^.$/u;
const NO_VOWEL_BITS = 6;

interface Script {
  readonly pattern: RegExp;
  /** What it costs that a file has letters of it at all. */
  readonly rarity: number;
  /** What a very short word costs: one of two letters half of it. */
  readonly shortWordBits: number;
  /** What every word has, if it is known. */
  readonly vowel?: RegExp;
  readonly alphabets: readonly Alphabet[];
  /** For a letter of no alphabet. */
  readonly otherBits: number;
}

const LATIN: Script = {
  pattern: /[\p{ASCII}\p{Script=Latin}]/u,
  rarity: 0,
  shortWordBits: 0,
  alphabets: LATIN_ALPHABETS,
  otherBits: RARE_BITS,
};

/** By their letters; the last one is for all others. */
const SCRIPTS: readonly Script[] = [
  LATIN,
  {
    pattern: /\p{Script=Cyrillic}/u,
    rarity: 4,
    shortWordBits: 6,
    vowel: /[аеёиоуыэюяіїєәөұү]/iu,
    alphabets: [CYRILLIC_ALPHABET],
    otherBits: RARE_BITS,
  },
  {
    pattern: /\p{Script=Greek}/u,
    rarity: 5,
    shortWordBits: 6,
    vowel: /[αεηιουωάέήίόύώϊϋΐΰ]/iu,
    alphabets: [GREEK_ALPHABET],
    otherBits: RARE_BITS,
  },
  {
    pattern: /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}ー々]/u,
    rarity: 4,
    shortWordBits: 0,
    alphabets: [],
    otherBits: 11,
  },
  { pattern: /\p{Script=Hangul}/u, rarity: 4, shortWordBits: 0, alphabets: [], otherBits: 11 },
  {
    pattern: /[\p{Script=Hebrew}\p{Script=Arabic}\p{Script=Armenian}\p{Script=Georgian}\p{Script=Thai}]/u,
    rarity: 8,
    shortWordBits: 6,
    alphabets: [],
    otherBits: 6,
  },
  // Marks that combine with no letter, as in faces made of characters.
  { pattern: /\p{Script=Inherited}/u, rarity: 4, shortWordBits: 2, alphabets: [], otherBits: 14 },
  {
    pattern: /[^\p{Script=Latin}\p{Script=Cyrillic}\p{Script=Greek}]/u,
    rarity: 12,
    shortWordBits: 6,
    alphabets: [],
    otherBits: 14,
  },
];

/** What a text has shown of itself so far. */
interface Findings {
  readonly scripts: Set<Script>;
  /** Words of each alphabet. */
  readonly words: Map<Alphabet, number>;
}

/**
 * How surprising the characters beyond ASCII are in a text, in bits: the negative binary logarithm of how often such a
 * text is met, roughly. Letters are judged by the words they are in, for a wrong encoding makes words of no language.
 */
export function textBits(text: string): number {
  const findings: Findings = { scripts: new Set(), words: new Map() };
  let bits = 0;
  for (const { 0: found, index } of text.matchAll(WORDS_AND_MARKS)) {
    if (!BEYOND_ASCII.test(found)) continue;
    const before = text.charAt(index - 1);
    const after = text.charAt(index + found.length);
    bits += WORD.test(found) ? wordBits(found, findings) : markBits(found, before, after);
    if (LONE.test(found)) bits += loneBits(found, before, after);
  }
  for (const { rarity } of findings.scripts) bits += rarity;
  return bits;
}

function wordBits(word: string, findings: Findings): number {
  const runs = splitByScript(word);
  const isLatin = runs.some(({ script }) => script === LATIN);
  let bits = innerCapitals(word) * INNER_CAPITAL_BITS;
  for (const run of runs) {
    findings.scripts.add(run.script);
    bits += runBits(run, findings);
    if (isLatin && LOOKALIKES.test(run.letters.join(''))) bits += LOOKALIKE_BITS - MIXED_BITS;
    else bits += shortWordBits(run);
  }
  return bits + MIXED_BITS * (runs.length - 1);
}

function shortWordBits({ script, letters }: ScriptRun): number {
  if (letters.length === 1) return script.shortWordBits;
  const hasVowel = script.vowel?.test(letters.join('')) ?? true;
  return (letters.length === 2 ? script.shortWordBits / 2 : 0) + (hasVowel ? 0 : NO_VOWEL_BITS);
}

function loneBits(character: string, before: string, after: string): number {
  const fillsCell = CELL_EDGE.test(before) && CELL_EDGE.test(after) ? LONE_IN_CELL_BITS : 0;
  if (!WORD.test(character)) return fillsCell;
  const isUsual = WORDS_OF_ONE_LETTER.includes(character.toLowerCase()) || after === '.';
  return LONE_BITS + (isUsual ? 0 : UNUSUAL_LONE_BITS) + fillsCell;
}

interface ScriptRun {
  readonly script: Script;
  readonly letters: string[];
}

function splitByScript(word: string): readonly ScriptRun[] {
  const runs: ScriptRun[] = [];
  for (const letter of word) {
    const last = runs.at(-1);
    if (last !== undefined && (last.script.pattern.test(letter) || isCombining(letter))) {
      last.letters.push(letter);
    } else {
      const script = SCRIPTS.find(({ pattern }) => pattern.test(letter)) ?? LATIN;
      runs.push({ script, letters: [letter] });
    }
  }
  return runs;
}

/** Letters of one script, read as the language in which they are the least surprising. */
function runBits({ letters, script }: ScriptRun, { words }: Findings): number {
  const { alphabets, otherBits } = script;
  const beyond = letters.filter((letter) => BEYOND_ASCII.test(letter));
  if (beyond.length === 0) return 0;
  const inARow = countInARow(letters);
  const unlisted = beyond.map((letter) => unlistedBits(letter, script));
  const sum = [...words.values()].reduce((total, count) => total + count, 0);
  let best: { readonly alphabet: Alphabet | null; readonly bits: number } = {
    alphabet: null,
    bits: Infinity,
  };
  for (const alphabet of alphabets) {
    // A file has few languages: one that was met costs ever less, and one that was not ever more.
    const share = ((words.get(alphabet) ?? 0) + 2 * 2 ** -alphabet.rarity) / (sum + 2);
    let bits = alphabet.inARow * inARow - Math.log2(share);
    if (alphabet.pattern?.test(letters.join('')) === false) bits += FOREIGN_BITS;
    for (const [index, letter] of beyond.entries()) {
      bits += listedBits(alphabet, letter) ?? unlisted[index] ?? otherBits;
    }
    if (bits < best.bits) best = { alphabet, bits };
  }
  if (best.alphabet === null) return unlisted.reduce((total, bits) => total + bits, 0);
  words.set(best.alphabet, (words.get(best.alphabet) ?? 0) + 1);
  return best.bits;
}

/** For a letter that a language does not use. */
function unlistedBits(letter: string, { alphabets, otherBits }: Script): number {
  if (isCombining(letter)) return COMBINING_BITS;
  return alphabets.some((alphabet) => listedBits(alphabet, letter) !== null) ? FOREIGN_BITS : otherBits;
}

/** Null for a letter that the language does not use. */
function listedBits({ letters }: Alphabet, letter: string): number | null {
  const listed = letters.get(letter);
  if (listed !== undefined) return listed;
  const small = letter.toLowerCase();
  const bits = small === letter ? undefined : letters.get(small);
  return bits === undefined ? null : bits + CAPITAL_BITS;
}

function countInARow(letters: readonly string[]): number {
  let count = 0;
  for (const [index, letter] of letters.entries()) {
    if (index > 0 && BEYOND_ASCII.test(letter) && BEYOND_ASCII.test(letters[index - 1] ?? '')) count += 1;
  }
  return count;
}

function innerCapitals(word: string): number {
  return word.match(/\p{Ll}(?!\p{ASCII})\p{Lu}/gu)?.length ?? 0;
}

function isCombining(letter: string): boolean {
  return /\p{Script=Inherited}/u.test(letter);
}

function markBits(mark: string, before: string, after: string): number {
  if (NO_CHARACTER.test(mark)) return NO_CHARACTER_BITS;
  let bits = MARK_BITS.get(mark) ?? (EMOJI.test(mark) ? EMOJI_BITS : ODD_MARK_BITS);
  if (mark !== '’' && WORD.test(before) && WORD.test(after)) bits += INNER_MARK_BITS;
  if (BEYOND_ASCII.test(before) && !WORD.test(before)) bits += MARKS_IN_A_ROW_BITS;
  return bits;
}
