import { hash } from './hash.js';
import { encodeOrThrow, makeFile } from './make-file.js';
import { MARKS, UTF8_MARKS } from './marks.js';
import { wordPools } from './word-pools.js';
import { MIXTURES, WRITTEN_LANGUAGES } from './written-languages.js';

/** A file of which the text is known. */
export interface LabelledFile {
  readonly language: string;
  readonly encoding: string;
  /** Rows with something beyond ASCII. */
  readonly rows: number;
  readonly text: string;
  readonly bytes: Uint8Array;
}

export interface Selection {
  readonly seed: number;
  /** Files of each kind. */
  readonly repetitions: number;
  /** Languages and mixtures; all where it is empty. */
  readonly languages: readonly string[];
  /** Encodings; all where it is empty. */
  readonly encodings: readonly string[];
}

export const ROWS = [1, 2, 3, 5, 10, 30, 100, 400];
const SHARES = [1, 0.2];
/** Long files vary less, and take longer. */
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

/** All languages in all their encodings, in files of all sizes. */
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

/** Thirty rows in which one, two, three or five different ones repeat. */
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

/** Each word that was kept from training as all that is beyond ASCII in a file, in UTF-8 and in Windows-1252. */
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

/** English and Western marks and words, alone or with something beside them. */
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
