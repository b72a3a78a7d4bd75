import { LANGUAGE_LETTERS } from './language-models.js';
import type { Languages } from './languages.js';
import { PLACES } from './place-in-word.js';
import type { Script } from './scripts.js';

/** Some languages of one script, and what their letters beyond ASCII cost. */
export interface LanguageTable {
  readonly languages: readonly { readonly name: string; readonly rarity: number }[];
  /** For each letter its bits by language and, within it, by place: {@link PLACES} of them. */
  readonly letterBits: ReadonlyMap<string, Float64Array>;
}

/** A letter that only other languages use. */
const FOREIGN_BITS = 16;
/** A letter of no language. */
export const RARE_BITS = 20;
const COMBINING_BITS = 8;
/** Marks that combine with the letter before them. */
export const COMBINING = /\p{Script=Inherited}/u;

/** What a letter costs that none of some languages uses. */
export function unlistedBits(letter: string): number {
  if (COMBINING.test(letter)) return COMBINING_BITS;
  return models().letters.has(letter) ? FOREIGN_BITS : RARE_BITS;
}

type LetterBits = ReadonlyMap<string, readonly number[]>;

interface Models {
  readonly byLanguage: ReadonlyMap<string, LetterBits>;
  /** Of all languages. */
  readonly letters: ReadonlySet<string>;
}

let made: Models | null = null;

/** Made when first asked for: most files need none. */
function models(): Models {
  if (made !== null) return made;
  const byLanguage = new Map(LANGUAGE_LETTERS.map(([name, table]) => [name, readModel(table)]));
  made = { byLanguage, letters: new Set([...byLanguage.values()].flatMap((bits) => [...bits.keys()])) };
  return made;
}

/** Each entry is a letter and nine digits of base 36, in half bits. */
function readModel(table: string): LetterBits {
  return new Map(
    table.split(' ').map((entry) => {
      const [letter = '', ...digits] = entry;
      return [letter, digits.map((digit) => Number.parseInt(digit, 36) / 2)];
    }),
  );
}

const tables = new WeakMap<Languages, Map<Script, LanguageTable>>();

/** The table of those of some languages that are written in a script. */
export function languageTable(script: Script, languages: Languages): LanguageTable {
  const byScript = tables.get(languages) ?? new Map<Script, LanguageTable>();
  tables.set(languages, byScript);
  const known = byScript.get(script);
  if (known !== undefined) return known;
  const table = makeTable(script, languages);
  byScript.set(script, table);
  return table;
}

function makeTable(script: Script, languages: Languages): LanguageTable {
  const own = Object.entries(languages).flatMap(([name, rarity]) => {
    const bits = models().byLanguage.get(name);
    if (bits === undefined) throw new RangeError(`There is no model of the language ${name}`);
    const isOfScript = [...bits.keys()].some(
      (letter) => !COMBINING.test(letter) && script.pattern.test(letter),
    );
    return isOfScript ? [{ name, rarity, bits }] : [];
  });
  const letters = new Set(own.flatMap(({ bits }) => [...bits.keys()]));
  const letterBits = new Map<string, Float64Array>();
  for (const letter of letters) {
    const all = new Float64Array(own.length * PLACES).fill(
      COMBINING.test(letter) ? COMBINING_BITS : FOREIGN_BITS,
    );
    for (const [at, { bits }] of own.entries()) all.set(bits.get(letter) ?? [], at * PLACES);
    letterBits.set(letter, all);
  }
  return { languages: own, letterBits };
}
