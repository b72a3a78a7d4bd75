import * as z from 'zod/mini';
import {
  undoKnownDecoding,
  undoWrongDecoding,
  type WrongEncoding,
  wrongEncodings,
} from '../encoding/decoded-twice.js';
import { quoteForIssue } from '../issue.js';
import { BEYOND_ASCII, mayBeDamaged, mayHaveSigns, signsIn } from '../values/damage-signs.js';
import { beginsLikeNull, isNullInTyped } from '../values/null-words.js';
import type { SumEvidence } from './sum-evidence.js';

/** A column whose cells beyond ASCII are all UTF-8 that a program took for another encoding. */
export interface WrongColumn {
  readonly position: number;
  readonly encoding: WrongEncoding;
}

/** A word for a missing value in one column. */
export interface FoundNullWord {
  readonly position: number;
  readonly word: string;
  /** In how many rows. */
  readonly count: number;
}

/** What the cells of a whole file show about the damage that other programs did to it. */
export interface Damage {
  readonly rowCount: number;
  readonly decodedTwice: readonly WrongColumn[];
  /** A cell that looks like text decoded twice, in a column where others do not; null when there is none. */
  readonly garbled: { readonly position: number; readonly text: string; readonly meant: string } | null;
  /** Positions of the columns whose whole numbers were written as decimals: `1001.0`. */
  readonly decimalIds: readonly number[];
  readonly nullWords: readonly FoundNullWord[];
  /** Positions of the columns with a cell that may be damaged. The cells of the others need no look when they are mapped. */
  readonly suspects: readonly number[];
  /** Lines of rows that are sums of the rows above them. They too are known only by the whole file. */
  readonly sumLines: readonly number[];
}

const position = z.int().check(z.nonnegative());

/** Damage as it is stored with a file. */
export const damageSchema: z.ZodMiniType<Damage> = z.object({
  rowCount: z.int(),
  decodedTwice: z.array(z.object({ position, encoding: z.enum(wrongEncodings) })),
  garbled: z.nullable(z.object({ position, text: z.string(), meant: z.string() })),
  decimalIds: z.array(position),
  nullWords: z.array(z.object({ position, word: z.string(), count: z.int() })),
  suspects: z.array(position),
  // The release before did not look for sums.
  sumLines: z._default(z.array(z.int()), []),
});

/** Gathers evidence of damage while a file is received. */
export interface DamageEvidence {
  /** Examines the cells of one data row. */
  add(cells: readonly string[]): void;
  /** The damage so far. */
  result(): Damage;
}

interface Tally {
  readonly position: number;
  /** The encodings that explain every cell so far; null before the first cell beyond ASCII. */
  encodings: readonly WrongEncoding[] | null;
  /** How many cells beyond ASCII the encodings explain. */
  explained: number;
  sample: { readonly text: string; readonly meant: string } | null;
  wholeDecimals: number;
  /** Whether a cell is a decimal that is no whole number, such as `1.5`. */
  hasDecimals: boolean;
  readonly nullWords: Map<string, number>;
  isSuspect: boolean;
  /** How many cells beyond ASCII were examined. */
  letters: number;
}

/** A code page explains a single cell too easily: `MUÍÑOS` is UTF-8 in one of them. */
const MIN_CELLS_OF_RARE = 2;

/**
 * A chunk may have no proof of damage that another chunk proves. So it is gathered once, in all rows.
 *
 * @param sums of the same file, which become part of the result. Default: no sums are looked for
 */
export function createDamageEvidence(headers: readonly string[], sums?: SumEvidence): DamageEvidence {
  const tallies = headers.map(
    (_, position): Tally => ({
      position,
      encodings: null,
      explained: 0,
      sample: null,
      wholeDecimals: 0,
      hasDecimals: false,
      nullWords: new Map(),
      isSuspect: false,
      letters: 0,
    }),
  );
  /** Of each column the last cell that showed nothing. Most columns repeat a few texts. */
  const plain: string[] = headers.map(() => '');
  let rowCount = 0;
  return {
    add(cells) {
      rowCount += 1;
      const width = Math.min(cells.length, tallies.length);
      for (let position = 0; position < width; position += 1) {
        const text = cells[position];
        if (text === undefined || text === '' || text === plain[position]) continue;
        const tally = tallies[position];
        if (tally !== undefined && !examine(text, tally)) plain[position] = text;
      }
    },
    result: () => ({
      rowCount,
      sumLines: sums?.lines() ?? [],
      decodedTwice: tallies.flatMap(findWrongColumn),
      garbled: tallies.flatMap(findGarbled)[0] ?? null,
      decimalIds: tallies.flatMap(({ position, wholeDecimals, hasDecimals }) =>
        wholeDecimals > 0 && !hasDecimals ? [position] : [],
      ),
      suspects: tallies.flatMap((tally) => (isSuspicious(tally) ? [tally.position] : [])),
      nullWords: tallies.flatMap(({ position, nullWords }) =>
        [...nullWords].map(([word, count]) => ({ position, word, count })),
      ),
    }),
  };
}

/** Returns whether the cell showed something, so that each such cell must be counted. */
function examine(text: string, tally: Tally): boolean {
  const first = text.charCodeAt(0);
  let isCounted = false;
  if (first < 0x3a && first > 0x2f) {
    if (!tally.hasDecimals) isCounted = examineNumber(text, tally);
  } else if (text.length < 16 && beginsLikeNull(first) && isNullInTyped(text)) {
    tally.nullWords.set(text, (tally.nullWords.get(text) ?? 0) + 1);
    isCounted = true;
  }
  if (!mayHaveSigns(text, first)) return isCounted;
  const signs = signsIn(text);
  if (!tally.isSuspect) tally.isSuspect = mayBeDamaged(text, signs);
  if ((signs & BEYOND_ASCII) !== 0 && !isSettled(tally)) {
    examineLetters(text, tally);
    return true;
  }
  return isCounted;
}

/** Whether nothing more can be learned from letters: no encoding explains them, and there is an example of damage. */
function isSettled({ encodings, sample, letters }: Tally): boolean {
  return encodings?.length === 0 && (sample !== null || letters > MAX_LETTERS);
}

/** So many cells of right letters are enough to call a column right. */
const MAX_LETTERS = 1_000;

const DECIMAL = /^\d+\.(\d+)$/;

function examineNumber(text: string, tally: Tally): boolean {
  if (!text.includes('.')) return false;
  const decimals = DECIMAL.exec(text)?.[1];
  if (decimals === undefined) return false;
  if (decimals === '0') tally.wholeDecimals += 1;
  else tally.hasDecimals = true;
  return true;
}

function examineLetters(text: string, tally: Tally): void {
  tally.letters += 1;
  const before = tally.encodings ?? wrongEncodings;
  const after = before.filter((encoding) => undoWrongDecoding(text, encoding) !== null);
  const [encoding] = after;
  if (encoding !== undefined) {
    tally.encodings = after;
    tally.explained += 1;
    tally.sample ??= { text, meant: undoWrongDecoding(text, encoding) ?? text };
    return;
  }
  const mayBeTrimmed = before.some((one) => undoKnownDecoding(text, one) !== null);
  if (mayBeTrimmed) return;
  tally.encodings = [];
  // Where no encoding explains all cells, it is still asked whether the most common one explains some.
  const meant = tally.sample === null ? undoWrongDecoding(text, 'windows-1252') : null;
  if (meant !== null) tally.sample = { text, meant };
}

function isSuspicious(tally: Tally): boolean {
  return tally.isSuspect || tally.wholeDecimals > 0 || findWrongColumn(tally).length > 0;
}

function findWrongColumn({ position, encodings, explained }: Tally): readonly WrongColumn[] {
  const [encoding] = encodings ?? [];
  if (encoding === undefined) return [];
  const isProven = encoding === 'windows-1252' || explained >= MIN_CELLS_OF_RARE;
  return isProven ? [{ position, encoding }] : [];
}

/** A code page explains single cells too easily to be mentioned. */
function findGarbled(tally: Tally): readonly NonNullable<Damage['garbled']>[] {
  const { position, sample, encodings } = tally;
  if (sample === null || encodings?.length !== 0) return [];
  if (undoWrongDecoding(sample.text, 'windows-1252') === null) return [];
  return [{ position, text: quoteForIssue(sample.text), meant: quoteForIssue(sample.meant) }];
}
