import { isLastResort } from '../detect-platform.js';
import { type Field, fieldNames, fields } from '../fields/fields.js';
import { platforms as allPlatforms } from '../platforms/index.js';
import type { Platform } from '../platforms/platform.js';
import { createDictionary, type Dictionary } from './dictionary.js';
import { OTHER_NAMES } from './other-names.js';

/** How a header matches a name of a field. */
export interface NameMatch {
  /** 0 (not at all) to 1 (exactly a usual name). */
  readonly score: number;
  readonly how: 'same' | 'similar' | 'misspelled';
}

/** The fields that a header matches. */
export interface NameReading {
  readonly fields: ReadonlyMap<Field, NameMatch>;
  /** Whether the header is a usual name of something that has no field. */
  readonly isOther: boolean;
  /** The words of the header in English, without idle ones. */
  readonly words: readonly string[];
}

/** Compares headers with the names of fields. */
export interface NameIndex {
  /** @param corrects whether misspelled words are corrected. Default true */
  readonly match: (header: string, corrects?: boolean) => NameReading;
}

interface KnownName {
  readonly words: readonly string[];
  /** Null for a name of something that has no field. */
  readonly field: Field | null;
  /** 0 to 1: how certain it is that a column with this name fills the field. */
  readonly strength: number;
}

interface RawName {
  readonly name: string;
  readonly field: Field | null;
  readonly strength: number;
  /** Whether it is the header of a platform, not only a common name. */
  readonly isOfPlatform: boolean;
}

const WEAKER = 0.75;
/** Strength of a platform's header that has the same meaning in all its files … */
const OF_PLATFORM = 0.95;
/** … and of one whose meaning depends on other columns. */
const OF_PLATFORM_SOMETIMES = 0.7;
/** Most strength of a platform's header that is a common name of another field. */
const UNCOMMON = 0.6;
const MISSPELLED = 0.9;
/** Factor for names that share only some words. */
const SIMILAR = 0.85;
/** Factor for the score of a field, if a name without a field matches as well or better. */
const OUTDONE = 0.3;
const SURE_OTHER = 0.85;
/** A lower score is no match. */
const MIN_SCORE = 0.2;

/**
 * Creates an index of the common names and of the headers of platforms.
 *
 * @param platforms the platforms whose headers it has
 */
export function createNameIndex(platforms: readonly Platform[]): NameIndex {
  const raw = [...commonNames(), ...platforms.flatMap(platformNames), ...otherNames(platforms)];
  const dictionary = createDictionary(raw.map(({ name }) => name));
  const names = uniqueNames(raw, dictionary);
  const weights = wordWeights(names);
  const byWord = new Map<string, KnownName[]>();
  for (const name of names) {
    for (const word of name.words) byWord.set(word, [...(byWord.get(word) ?? []), name]);
  }
  return {
    match: (header, corrects) => {
      const { words, isGuess } = dictionary.read(header, corrects);
      const candidates = new Set(words.flatMap((word) => byWord.get(word) ?? []));
      return compare(words, isGuess, candidates, weights);
    },
  };
}

let index: NameIndex | undefined;

/** The index with the headers of all platforms. Created on first use. */
export function nameIndex(): NameIndex {
  index ??= createNameIndex(allPlatforms);
  return index;
}

/** Makes the index before the first file needs it, because that takes a tenth of a second. */
export function prepareNames(): void {
  nameIndex();
}

function commonNames(): readonly RawName[] {
  const names: RawName[] = [];
  for (const field of fieldNames) {
    const { usual, weaker = '' } = fields[field].names;
    for (const name of expand(usual)) names.push({ name, field, strength: 1, isOfPlatform: false });
    for (const name of expand(weaker)) names.push({ name, field, strength: WEAKER, isOfPlatform: false });
  }
  return names;
}

/** The names that a text stands for: `order|pledge id; order` are three names. */
function expand(names: string): readonly string[] {
  return names
    .split(';')
    .map((name) => name.trim())
    .filter((name) => name !== '')
    .flatMap((name) =>
      name
        .split(' ')
        .reduce(
          (starts: readonly string[], part) =>
            starts.flatMap((start) => part.split('|').map((word) => `${start} ${word}`.trim())),
          [''],
        ),
    );
}

function platformNames(platform: Platform): readonly RawName[] {
  return platform.columns.flatMap(({ field, headers, onlyWith, onlyWithout }) => {
    const strength = isLastResort(platform)
      ? 1
      : onlyWith || onlyWithout
        ? OF_PLATFORM_SOMETIMES
        : OF_PLATFORM;
    return headers.map((name) => ({ name, field, strength, isOfPlatform: true }));
  });
}

function otherNames(platforms: readonly Platform[]): readonly RawName[] {
  const kept = platforms.flatMap((platform) => [...platform.kept, ...platform.ignored]);
  return [...expand(OTHER_NAMES), ...kept].map((name) => ({
    name,
    field: null,
    strength: 1,
    isOfPlatform: false,
  }));
}

/**
 * Translates names into words and removes repetitions. A platform's header that is a common name of another field
 * (`Name` is the order number in Shopify's files) gets less strength. A name for which one platform has no field is
 * left out if it names a field elsewhere.
 */
function uniqueNames(raw: readonly RawName[], dictionary: Dictionary): readonly KnownName[] {
  const names = new Map<string, KnownName>();
  const firstField = new Map<string, RawName>();
  for (const one of raw) {
    const { words } = dictionary.read(one.name);
    const key = [...words].sort((a, b) => (a < b ? -1 : 1)).join(' ');
    const first = firstField.get(key);
    if (words.length === 0 || (one.field === null && first)) continue;
    if (!first && one.field !== null) firstField.set(key, one);
    const isUncommon = one.isOfPlatform && first?.strength === 1 && first.field !== one.field;
    const strength = isUncommon ? Math.min(one.strength, UNCOMMON) : one.strength;
    const earlier = names.get(`${one.field} ${key}`);
    if (!earlier || earlier.strength < strength) {
      names.set(`${one.field} ${key}`, { words, field: one.field, strength });
    }
  }
  return [...names.values()];
}

/** A word in the names of many fields (`shipping`) has less weight than a word in those of few (`zip`). */
function wordWeights(names: readonly KnownName[]): ReadonlyMap<string, number> {
  const fieldsOf = new Map<string, Set<Field | null>>();
  for (const { words, field } of names) {
    for (const word of words) {
      const fields = fieldsOf.get(word) ?? new Set();
      fields.add(field);
      fieldsOf.set(word, fields);
    }
  }
  return new Map([...fieldsOf].map(([word, fields]) => [word, 1 / (1 + Math.log(fields.size))]));
}

const UNKNOWN_WEIGHT = 0.7;
/** Of two headers that both match exactly, this lets the one with more words win. */
const SHORTNESS = 0.02;

function compare(
  words: readonly string[],
  isGuess: boolean,
  candidates: Iterable<KnownName>,
  weights: ReadonlyMap<string, number>,
): NameReading {
  const weigh = (some: readonly string[]) =>
    some.reduce((sum, word) => sum + (weights.get(word) ?? UNKNOWN_WEIGHT), 0);
  const total = weigh(words);
  const fields = new Map<Field, NameMatch>();
  let other = 0;
  for (const { words: known, field, strength } of candidates) {
    const sharedWords = known.filter((word) => words.includes(word));
    const shared = weigh(sharedWords);
    const isSame = sharedWords.length === Math.max(known.length, words.length);
    const likeness = isSame
      ? 1 - SHORTNESS / words.length
      : (shared / (total + weigh(known) - shared)) * SIMILAR * contradiction(words, known);
    const score = likeness * strength * (isGuess ? MISSPELLED : 1);
    if (field === null) other = Math.max(other, score);
    else if (score >= MIN_SCORE && score > (fields.get(field)?.score ?? 0)) {
      fields.set(field, { score, how: isGuess ? 'misspelled' : isSame ? 'same' : 'similar' });
    }
  }
  return { fields: withoutOutdone(fields, other), isOther: other >= SURE_OTHER, words };
}

/**
 * Words that decide what a name is about. If only one of two names has a word of a group, they mean different things.
 */
const KINDS: readonly (readonly string[])[] = [
  ['billing'],
  ['shipping', 'recipient'],
  ['survey'],
  ['reward'],
  ['product'],
  ['bonus'],
  ['tax'],
  ['first'],
  ['last'],
];
const CONTRADICTION = 0.6;

function contradiction(words: readonly string[], known: readonly string[]): number {
  const differing = KINDS.filter(
    (kind) => kind.some((word) => words.includes(word)) !== kind.some((word) => known.includes(word)),
  );
  return CONTRADICTION ** differing.length;
}

function withoutOutdone(fields: ReadonlyMap<Field, NameMatch>, other: number): ReadonlyMap<Field, NameMatch> {
  if (other < 0.5) return fields;
  return new Map(
    [...fields].map(([field, match]) => [
      field,
      match.score > other ? match : { ...match, score: match.score * OUTDONE },
    ]),
  );
}
