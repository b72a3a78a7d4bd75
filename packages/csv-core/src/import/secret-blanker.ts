import { secretPositions } from '../header/resolve-columns.js';
import type { RecognizedColumns } from './recognize-columns.js';

/** How many rows of an unknown file may be its real header. */
const HEADER_SEARCH_ROWS = 100;

/** Blanks the cells that must never be stored. */
export interface SecretBlanker {
  blank(row: readonly string[]): readonly string[];
  /** Makes further columns secret, which their cells have shown to be. */
  addPositions(positions: readonly number[]): void;
  /** The positions of secret columns that are known so far. */
  positions(): ReadonlySet<number>;
}

/**
 * In an unknown file, the row that was taken for the header may be a title, and the real header may be further down. So
 * rows that are much wider and look like a header are searched for secret columns too.
 */
export function createSecretBlanker(
  headers: readonly string[],
  { detection, secrets }: RecognizedColumns,
): SecretBlanker {
  const positions = new Set(secrets);
  const headerWidth = filledCells(headers).length;
  let rowsToSearch = detection.platform === null ? HEADER_SEARCH_ROWS : 0;
  return {
    blank(row) {
      const blanked = blankSecrets(row, positions);
      if (rowsToSearch > 0) {
        rowsToSearch -= 1;
        if (readsLikeHeader(row, headerWidth)) {
          for (const position of secretPositions(row, null)) positions.add(position);
        }
      }
      return blanked;
    },
    addPositions(more) {
      for (const position of more) positions.add(position);
    },
    positions: () => positions,
  };
}

const filledCells = (row: readonly string[]) => row.map((cell) => cell.trim()).filter((cell) => cell !== '');

/**
 * Whether the cells look like headers: all different, and no numbers, dates or addresses. Data such as `Credit card` in
 * a column `Payment` must not make that column a secret one.
 */
function readsLikeHeader(row: readonly string[], headerWidth: number): boolean {
  const filled = filledCells(row);
  if (filled.length < headerWidth * 2) return false;
  const names = filled.filter((cell) => cell.length < 80 && !/[@€$£¥]|^[\d\s.,:/+-]+$|\d{4}/.test(cell));
  return filled.length > 1 && new Set(filled).size === filled.length && names.length === filled.length;
}

function blankSecrets(row: readonly string[], secrets: ReadonlySet<number>): readonly string[] {
  if (secrets.size === 0) return row;
  const blanked = [...row];
  for (const position of secrets) if (position < blanked.length) blanked[position] = '';
  return blanked;
}
