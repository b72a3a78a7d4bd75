/** A script that legacy encodings hold. */
export interface Script {
  readonly name: string;
  readonly pattern: RegExp;
  /** What a word of one letter costs; one of two costs half of it. */
  readonly shortWordBits: number;
  /** What it costs that a file has words of it beside those of the alphabet of ASCII. */
  readonly rarity: number;
}

/** Letters of one script side by side. */
export interface ScriptRun {
  readonly script: Script;
  readonly letters: readonly string[];
}

const script = (name: string, pattern: RegExp, shortWordBits: number, rarity: number): Script => ({
  name,
  pattern,
  shortWordBits,
  rarity,
});

export const LATIN = script('Latin', /[\p{ASCII}\p{Script=Latin}]/u, 0, 0);
const OTHER = script('other', /./su, 6, 12);
const SCRIPTS: readonly Script[] = [
  LATIN,
  script('Cyrillic', /\p{Script=Cyrillic}/u, 6, 4),
  script('Greek', /\p{Script=Greek}/u, 6, 4),
  script('Hebrew', /\p{Script=Hebrew}/u, 4, 4),
  script('Arabic', /\p{Script=Arabic}/u, 4, 4),
  script('Thai', /\p{Script=Thai}/u, 4, 4),
  OTHER,
];
const COMBINING = /\p{Script=Inherited}/u;

const scripts = new Map<string, Script>();

/** Looked up once for each letter: it is asked for all letters of all words in all encodings. */
function scriptOf(letter: string): Script {
  const known = scripts.get(letter);
  if (known !== undefined) return known;
  const found = SCRIPTS.find(({ pattern }) => pattern.test(letter)) ?? OTHER;
  scripts.set(letter, found);
  return found;
}

/** The parts of a word; a mark that combines with any letter belongs to the one before it. */
export function splitByScript(word: string): readonly ScriptRun[] {
  const runs: { script: Script; letters: string[] }[] = [];
  for (const letter of word) {
    const last = runs.at(-1);
    const script = scriptOf(letter);
    if (last !== undefined && (last.script === script || COMBINING.test(letter))) last.letters.push(letter);
    else runs.push({ script, letters: [letter] });
  }
  return runs;
}
