import { decode } from './encode.js';
import { hash } from './hash.js';
import type { Selection } from './labelled-file.js';
import { encodeOrThrow, HEADER, makeRows } from './make-file.js';

/** A file that was joined from two files with different encodings. */
export interface GluedFile {
  readonly kind: GlueKind;
  /** Both encodings and languages, and the number of rows of each. */
  readonly name: string;
  readonly bytes: Uint8Array;
  /** What whoever wrote both parts has meant. */
  readonly text: string;
  readonly change: Change;
}

/**
 * Where the second encoding may be said to begin: rows that read the same in both may be of either. Lines from 1, both
 * included.
 */
export interface Change {
  readonly firstLine: number;
  readonly lastLine: number;
}

export type GlueKind = 'utf-8 then legacy' | 'legacy then utf-8' | 'row by row' | 'two legacy encodings';

type Part = readonly [language: string, encoding: string];

/** Languages and encodings that are joined with UTF-8 in the same language. */
const BESIDE_UTF8: readonly Part[] = [
  ['fr', 'windows-1252'],
  ['de', 'windows-1252'],
  ['es', 'windows-1252'],
  ['world', 'windows-1252'],
  ['de', 'macintosh'],
  ['de', 'ibm850'],
  ['pl', 'windows-1250'],
  ['cs', 'iso-8859-2'],
  ['hu', 'ibm852'],
  ['tr', 'windows-1254'],
  ['lt', 'windows-1257'],
  ['ru', 'windows-1251'],
  ['ru', 'koi8-r'],
  ['el', 'windows-1253'],
  ['he', 'windows-1255'],
  ['ar', 'windows-1256'],
  ['th', 'windows-874'],
  ['vi', 'windows-1258'],
  ['ja', 'shift_jis'],
  ['ja', 'euc-jp'],
  ['zh', 'gb18030'],
  ['tw', 'big5'],
  ['ko', 'euc-kr'],
];

const LEGACY_PAIRS: readonly (readonly [Part, Part])[] = [
  [
    ['fr', 'windows-1252'],
    ['fr', 'macintosh'],
  ],
  [
    ['de', 'windows-1252'],
    ['de', 'ibm850'],
  ],
  [
    ['es', 'macintosh'],
    ['es', 'ibm437'],
  ],
  [
    ['pl', 'windows-1250'],
    ['pl', 'iso-8859-2'],
  ],
  [
    ['cs', 'windows-1250'],
    ['cs', 'ibm852'],
  ],
  [
    ['ru', 'windows-1251'],
    ['ru', 'koi8-r'],
  ],
  [
    ['ru', 'windows-1251'],
    ['ru', 'ibm866'],
  ],
  [
    ['ja', 'shift_jis'],
    ['ja', 'euc-jp'],
  ],
  [
    ['zh', 'gb18030'],
    ['tw', 'big5'],
  ],
  [
    ['de', 'windows-1252'],
    ['pl', 'windows-1250'],
  ],
  [
    ['fr', 'windows-1252'],
    ['ru', 'windows-1251'],
  ],
  [
    ['fr', 'windows-1252'],
    ['el', 'windows-1253'],
  ],
  [
    ['de', 'windows-1252'],
    ['ja', 'shift_jis'],
  ],
  [
    ['de', 'windows-1252'],
    ['tr', 'windows-1254'],
  ],
];

/** Numbers of rows before and after the change of encoding. */
const SIZES: readonly (readonly [before: number, after: number])[] = [
  [1, 10],
  [3, 3],
  [10, 1],
  [10, 10],
  [30, 3],
  [3, 30],
  [50, 50],
];

/** Makes files with two encodings, of all kinds. */
export function* gluedFiles({ seed, repetitions }: Selection): Generator<GluedFile> {
  for (let index = 0; index < repetitions; index += 1) {
    for (const sizes of SIZES) {
      for (const part of BESIDE_UTF8) {
        const utf8: Part = [part[0], 'utf-8'];
        yield glue('utf-8 then legacy', utf8, part, sizes, `${seed}/${index}`);
        yield glue('legacy then utf-8', part, utf8, sizes, `${seed}/${index}`);
        yield interleave(utf8, part, sizes, `${seed}/${index}`);
      }
      for (const [one, other] of LEGACY_PAIRS) {
        yield glue('two legacy encodings', one, other, sizes, `${seed}/${index}`);
        yield glue('two legacy encodings', other, one, sizes, `${seed}/${index}`);
      }
    }
  }
}

type Sizes = readonly [before: number, after: number];

function glue(kind: GlueKind, first: Part, second: Part, sizes: Sizes, seed: string): GluedFile {
  const before = encodedRows(first, sizes[0], `${seed}/before`);
  const after = encodedRows(second, sizes[1], `${seed}/after`);
  const isOpen = (row: Uint8Array) => decode(row, first[1]) === decode(row, second[1]);
  const closed = after.findIndex((row) => !isOpen(row));
  return {
    kind,
    name: nameOf(first, second, sizes),
    ...fileOf([
      ...before.map((row) => [row, first[1]] as const),
      ...after.map((row) => [row, second[1]] as const),
    ]),
    change: {
      firstLine: before.findLastIndex((row) => !isOpen(row)) + 3,
      lastLine: before.length + (closed === -1 ? after.length - 1 : closed) + 2,
    },
  };
}

/** Mixes rows of one encoding among those of another. */
function interleave(first: Part, second: Part, sizes: Sizes, seed: string): GluedFile {
  const rows = encodedRows(first, sizes[0], `${seed}/first`);
  const others = encodedRows(second, sizes[1], `${seed}/second`);
  const mixed = Array.from({ length: Math.max(rows.length, others.length) }, (_, index) =>
    [[rows[index], first[1]] as const, [others[index], second[1]] as const].flatMap(([row, encoding]) =>
      row === undefined ? [] : [[row, encoding] as const],
    ),
  ).flat();
  return {
    kind: 'row by row',
    name: nameOf(first, second, sizes),
    ...fileOf(mixed),
    change: { firstLine: 3, lastLine: 3 },
  };
}

function fileOf(rows: readonly (readonly [row: Uint8Array, encoding: string])[]) {
  const header = `${HEADER}\r\n`;
  return {
    bytes: Buffer.concat([Buffer.from(header), ...rows.map(([row]) => row)]),
    text: header + rows.map(([row, encoding]) => decode(row, encoding)).join(''),
  };
}

function encodedRows([language, encoding]: Part, rows: number, seed: string): readonly Uint8Array[] {
  const wish = { language, encoding, rows, seed: hash(['glued', language, encoding, rows, seed].join('/')) };
  return makeRows(wish).map((row) => encodeOrThrow(row, encoding).bytes);
}

function nameOf(first: Part, second: Part, sizes: Sizes): string {
  return `${sizes[0]} ${first.join('/')} ${sizes[1]} ${second.join('/')}`;
}
