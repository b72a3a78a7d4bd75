import { hash } from './hash.js';
import { encodeOrThrow, makeFile } from './make-file.js';
import { MARKS, UTF8_MARKS } from './marks.js';
import { wordPools } from './word-pools.js';
import { MIXTURES, WRITTEN_LANGUAGES } from './written-languages.js';

/** A file whose text and encoding are known. */
export interface LabelledFile {
  readonly language: string;
  readonly encoding: string;
  /** How many rows have a character beyond ASCII. */
  readonly rows: number;
  readonly text: string;
  readonly bytes: Uint8Array;
}

export interface Selection {
  readonly seed: number;
  /** How many files of each kind are made. */
  readonly repetitions: number;
  /** Languages and mixtures; all if it is empty. */
  readonly languages: readonly string[];
  /** Encodings; all if it is empty. */
  readonly encodings: readonly string[];
}

export const ROWS = [1, 2, 3, 5, 10, 30, 100, 400];
const SHARES = [1, 0.2];
/** Of files with at least this many rows fewer are made, because they differ less and take longer. */
const LONG = 100;
const LONG_SHARE = 0.3;

const SOURCES = [...WRITTEN_LANGUAGES, ...MIXTURES];

function* selected({ languages, encodings }: Selection): Generator<{ language: string; encoding: string }> {
  for (const { code, encodings: own } of SOURCES) {
    if (languages.length > 0 && !languages.includes(code)) continue;
    for (const encoding of ['utf-8', ...own]) {
      if (encodings.length === 0 || encodings.includes(encoding)) yield { language: code, encoding };
    }
  }
}

/** Makes files of all languages in all their encodings, in all sizes. */
export function* ordinaryFiles(selection: Selection): Generator<LabelledFile> {
  for (const { language, encoding } of selected(selection)) {
    for (const rows of ROWS) {
      const repetitions = Math.ceil(selection.repetitions * (rows < LONG ? 1 : LONG_SHARE));
      for (let index = 0; index < repetitions; index += 1) {
        for (const share of SHARES) {
          const seed = hash([selection.seed, language, encoding, rows, index, share].join('/'));
          const file = makeFile({ language, encoding, rows, share, seed });
          yield { language, encoding, rows, ...file };
        }
      }
    }
  }
}

/** Makes files of thirty rows that repeat one, two, three or five different rows. */
export function* monotonousFiles(selection: Selection): Generator<LabelledFile> {
  for (const { language, encoding } of selected(selection)) {
    for (const different of [1, 2, 3, 5]) {
      for (let index = 0; index < selection.repetitions; index += 1) {
        const seed = hash(['few', selection.seed, language, encoding, different, index].join('/'));
        const file = makeFile({ language, encoding, rows: 30, different, seed });
        yield { language, encoding, rows: different, ...file };
      }
    }
  }
}

/** Makes files in which one held-out word is the only text beyond ASCII, in UTF-8 and in Windows-1252. */
export function* singleWords(selection: Selection): Generator<LabelledFile> {
  for (const { language, encoding } of selected({ ...selection, encodings: ['utf-8', 'windows-1252'] })) {
    for (const pool of wordPools(language, encoding)) {
      const texts = new Set(
        [pool.firstNames, pool.lastNames, pool.places, pool.words].flatMap(({ foreign }) => foreign),
      );
      for (const word of texts)
        yield labelled(language, encoding, 1, `Order ID,Name,Email\r\nA-1,${word},a@example.com\r\n`);
    }
  }
}

/** Makes files with the signs and words of `marks.ts`, alone or with others. */
export function* markFiles(): Generator<LabelledFile> {
  const sources = [
    ...MARKS.map((mark) => ({ encoding: 'windows-1252', mark })),
    ...[...MARKS, ...UTF8_MARKS].map((mark) => ({ encoding: 'utf-8', mark })),
  ];
  for (const { encoding, mark } of sources) {
    for (const cell of [mark, `${mark} and more`, `The ${mark}`, `"A ${mark}, or two"`]) {
      for (const rows of [1, 5]) {
        const lines = Array.from(
          { length: rows },
          (_, index) => `A-${index},${cell},a${index}@example.com\r\n`,
        );
        yield labelled('marks', encoding, rows, `Order ID,Name,Email\r\n${lines.join('')}`);
      }
    }
  }
}

function labelled(language: string, encoding: string, rows: number, text: string): LabelledFile {
  return { language, encoding, rows, ...encodeOrThrow(text, encoding) };
}
