import { createRandom } from './random.js';
import type { SampleColumn } from './sample-columns.js';

/** One way in which a row of a real export goes wrong. */
export interface Breakage {
  /** The issue code that the row must be rejected with. */
  readonly code: string;
  readonly column: SampleColumn | null;
  /** What the cell says instead; null: the row gets one cell too many, as after an unquoted comma. */
  readonly cell: string | null;
}

const breakages: readonly [Breakage, ...Breakage[]] = [
  { code: 'invalid_email', column: 'Email', cell: 'ada.quill at example.com' },
  { code: 'invalid_money', column: 'Pledge Amount', cell: 'forty-nine' },
  { code: 'unknown_status', column: 'Pledged Status', cell: 'on holiday' },
  { code: 'missing_value', column: 'Backer Number', cell: '' },
  { code: 'scientific_notation', column: 'Backer UID', cell: '1.23E+11' },
  { code: 'invalid_date', column: 'Pledged At', cell: '2025/02/31, 10:27' },
  { code: 'too_many_cells', column: null, cell: null },
];

/** One row in this many is broken. */
const EVERY = 100;

/** How the row of that number is broken, or null. The kinds take turns, so that even a small file has several. */
export function breakageOf(seed: number, row: number): Breakage | null {
  const block = Math.floor((row - 1) / EVERY);
  const place = createRandom(seed, BREAKAGE_STREAM + block).between(1, EVERY);
  return row === block * EVERY + place ? (breakages[block % breakages.length] ?? null) : null;
}

/** Keeps these choices apart from the rows, which draw from streams of their own. */
const BREAKAGE_STREAM = 0x2000_0000;
