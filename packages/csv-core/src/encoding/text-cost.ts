import { COMBINING, type LanguageTable, languageTable, RARE_BITS, unlistedBits } from './language-table.js';
import type { Languages } from './languages.js';
import { loneInCellBits, markBits, type Sides, sidesOf } from './mark-cost.js';
import { PLACES, placeInWord, singleLetters } from './place-in-word.js';
import { LATIN, type Script, type ScriptRun, splitByScript } from './scripts.js';

/** How surprising texts are, in bits: the negative binary logarithm of how often such texts are met, roughly. */
export interface TextCost {
  readonly total: number;
  /** Of each text, in order. */
  readonly texts: readonly number[];
}

/** Words with the marks that combine with their letters. Ordinals and the like are letters by name only. */
const WORDS_AND_MARKS = /(?:(?![ªºµˆˇ])[\p{L}\p{M}])+|[^\p{ASCII}]/gu;
const WORD = /^(?![ªºµˆˇ])[\p{L}\p{M}]/u;
const BEYOND_ASCII = /[^\p{ASCII}]/u;
const ONE_CHARACTER = /^.$/su;

/** A letter of a script that no legacy encoding here is made for. */
const UNKNOWN_SCRIPT_BITS = 9;
const CAPITAL_BITS = 1;
/** A capital after a small letter. */
const INNER_CAPITAL_BITS = 6;
/** A letter of Latin script beyond ASCII that follows another one; the same one is a long vowel: `Jyväskylään`. */
const IN_A_ROW_BITS = 3;
const DOUBLED_BITS = 2;
/** Letters of two scripts side by side. */
const MIXED_BITS = 12;
/** The same where one looks like a letter of the other script: somebody typed it without noticing. */
const LOOKALIKE_BITS = 3;
const LOOKALIKES = /^[АВЕЅІЈКМНОРСТУХасеорхуіѕјΑΒΕΖΗΙΚΜΝΟΡΤΥΧο]+$/u;
/** A word of one letter, and what it costs more when it is no word of a large language and no initial. */
const LONE_BITS = 3;
const UNUSUAL_LONE_BITS = 6;
const WORDS_OF_ONE_LETTER = 'àáâèéíóòöåőý';
/** A word that is not of the language in which most of the file is. */
const SWITCH_BITS = 3;

/** A word and what it would cost in each language of its script. */
interface WordInLanguages {
  /** Which of the texts it is in. */
  readonly text: number;
  readonly bits: Float64Array;
}

/**
 * Weighs texts as parts of one file: a wrong encoding makes words of no language, and marks that nobody types. A file is
 * mostly in one language of each script, and words of others cost a little more.
 *
 * @param languages the words are of these, and most of them of one
 */
export function weighTexts(texts: readonly string[], languages: Languages): TextCost {
  const costs = texts.map(() => 0);
  const add = (text: number, bits: number) => {
    costs[text] = (costs[text] ?? 0) + bits;
  };
  const words = new Map<Script, WordInLanguages[]>();
  for (const [text, content] of texts.entries()) {
    for (const { 0: part, index } of content.matchAll(WORDS_AND_MARKS)) {
      if (!BEYOND_ASCII.test(part)) continue;
      if (!WORD.test(part)) {
        add(text, markBits(part, content, index));
        continue;
      }
      add(text, shapeBits(part, sidesOf(part, content, index)));
      for (const run of splitByScript(part)) {
        if (!run.letters.some((letter) => BEYOND_ASCII.test(letter))) continue;
        const table = languageTable(run.script, languages);
        if (table.languages.length === 0) {
          add(text, run.letters.length * UNKNOWN_SCRIPT_BITS);
          continue;
        }
        const list = words.get(run.script) ?? [];
        words.set(run.script, list);
        list.push({ text, bits: lettersBits(run, table) });
      }
    }
  }
  let total = 0;
  for (const [script, list] of words) {
    total += script.rarity + chooseLanguage(languageTable(script, languages), list, add);
  }
  for (const bits of costs) total += bits;
  return { total, texts: costs };
}

/** What a word costs in any language. */
function shapeBits(word: string, sides: Sides): number {
  const runs = splitByScript(word);
  const isLatin = runs.some(({ script }) => script === LATIN);
  let bits = innerCapitals(word) * INNER_CAPITAL_BITS + (runs.length - 1) * MIXED_BITS;
  for (const { script, letters } of runs) {
    if (isLatin && LOOKALIKES.test(letters.join(''))) bits += LOOKALIKE_BITS - MIXED_BITS;
    else if (letters.length <= 2) bits += script.shortWordBits / letters.length;
  }
  if (!ONE_CHARACTER.test(word)) return bits;
  const isUsual = WORDS_OF_ONE_LETTER.includes(word.toLowerCase()) || sides.after === '.';
  return bits + LONE_BITS + (isUsual ? 0 : UNUSUAL_LONE_BITS) + loneInCellBits(sides);
}

function innerCapitals(word: string): number {
  return word.match(/\p{Ll}(?!\p{ASCII})\p{Lu}|(?!\p{ASCII})\p{Ll}\p{Lu}/gu)?.length ?? 0;
}

/** Letters of one script, read as words of each language. */
function lettersBits(run: ScriptRun, { languages, letterBits }: LanguageTable): Float64Array {
  const isLatin = run.script === LATIN;
  const letters = isLatin ? singleLetters(run.letters) : run.letters;
  const small = letters.map((letter) => letter.toLowerCase());
  const bits = new Float64Array(languages.length);
  let inAnyLanguage = (run.letters.length - letters.length) * DOUBLED_BITS;
  for (const [index, letter] of small.entries()) {
    if (letter < '\u0080') continue;
    const places = letterBits.get(letter);
    const place = placeInWord(small, index);
    if (places === undefined) inAnyLanguage += unlistedBits(letter);
    else
      for (let at = 0; at < bits.length; at += 1)
        bits[at] = (bits[at] ?? 0) + (places[at * PLACES + place] ?? 0);
    if (letter !== letters[index]) inAnyLanguage += CAPITAL_BITS;
    if (isLatin && (small[index - 1] ?? '') >= '\u0080' && !COMBINING.test(letter)) {
      inAnyLanguage += IN_A_ROW_BITS;
    }
  }
  for (let at = 0; at < bits.length; at += 1) bits[at] = (bits[at] ?? 0) + inAnyLanguage;
  return bits;
}

/**
 * Finds the language that explains most of the words, and adds to each text what its words cost then. Returns what the
 * choice itself costs.
 */
function chooseLanguage(
  { languages }: LanguageTable,
  words: readonly WordInLanguages[],
  add: (text: number, bits: number) => void,
): number {
  const elsewhere = words.map(({ bits }) => {
    let least = Infinity;
    for (const [at, { rarity }] of languages.entries())
      least = Math.min(least, rarity + (bits[at] ?? RARE_BITS));
    return SWITCH_BITS + least;
  });
  const costOf = (word: number, at: number) =>
    Math.min(words[word]?.bits[at] ?? RARE_BITS, elsewhere[word] ?? RARE_BITS);
  let best = { bits: Infinity, rarity: 0, at: 0 };
  for (const [at, { rarity }] of languages.entries()) {
    let bits = rarity;
    for (let word = 0; word < words.length; word += 1) bits += costOf(word, at);
    if (bits < best.bits) best = { bits, rarity, at };
  }
  for (const [word, { text }] of words.entries()) add(text, costOf(word, best.at));
  return best.rarity;
}
