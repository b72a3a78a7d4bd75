import { resolveColumns } from '../header/resolve-columns.js';
import type { Steps } from '../steps.js';
import { type SecretText, secretText } from '../values/secret-text.js';
import type { RecognizedColumns } from './recognize-columns.js';
import type { SecretBlanker } from './secret-blanker.js';

/** Watches the cells of columns that nothing is known of, for what must never be stored. */
export interface SecretWatch {
  /** Examines the cells of one data row. */
  add(cells: readonly string[]): void;
  /** Examines one more row, and tells whether a cell of it is secret wherever it is: an address or an account. */
  sees(cells: readonly string[]): boolean;
  /** The positions of columns whose cells so far are secret. */
  secrets(): readonly number[];
}

interface Tally {
  readonly position: number;
  filled: number;
  readonly kinds: Map<SecretText, number>;
  /** The different links, as long as they are few. */
  readonly links: Set<string>;
  /** The last cell that is no address and no account. Most columns repeat a few texts. */
  harmless: string;
}

/** How many different links are told apart. */
const MAX_LINKS = 50;

/** @param positions of the columns to watch */
export function watchForSecrets(positions: readonly number[]): SecretWatch {
  const tallies = positions.map(
    (position): Tally => ({ position, filled: 0, kinds: new Map(), links: new Set(), harmless: '' }),
  );
  return {
    add(cells) {
      for (const tally of tallies) {
        const cell = cells[tally.position];
        if (cell === undefined || cell === '') continue;
        tally.filled += 1;
        const kind = secretText(cell);
        if (kind === null) continue;
        tally.kinds.set(kind, (tally.kinds.get(kind) ?? 0) + 1);
        if (kind === 'token-link' && tally.links.size < MAX_LINKS) tally.links.add(cell);
      }
    },
    sees(cells) {
      let found = false;
      for (const tally of tallies) {
        const cell = cells[tally.position] ?? '';
        if (cell === tally.harmless) continue;
        const kind = secretText(cell);
        if (kind === 'ip-address' || kind === 'bank-account') {
          tally.kinds.set(kind, 1);
          found = true;
        } else tally.harmless = cell;
      }
      return found;
    },
    secrets: () => tallies.filter(isSecret).map(({ position }) => position),
  };
}

/** Addresses and accounts are secret wherever they are; a long number or a link only where the whole column is like it. */
function isSecret({ filled, kinds, links }: Tally): boolean {
  const count = (kind: SecretText) => kinds.get(kind) ?? 0;
  if (count('ip-address') + count('bank-account') > 0) return true;
  if (filled === 0) return false;
  if (count('card-number') === filled) return true;
  return count('token-link') === filled && (filled === 1 || links.size > 1);
}

/** The positions of the columns that no field reads, and whose cells would be kept as they are. */
export function unreadPositions(
  headers: readonly string[],
  { platform, columns }: RecognizedColumns,
): readonly number[] {
  if (platform === null || columns !== null) return headers.map((_, position) => position);
  return resolveColumns(headers, platform).flatMap(({ role }, position) =>
    role === 'unknown' || role === 'kept' || role === 'question' ? [position] : [],
  );
}

/** With so many rows it shows whether a column of links or long numbers is secret. */
const HELD_ROWS = 50;

/** Passes rows on, with their secrets blanked. */
export interface RowHolder {
  add(row: readonly string[]): void;
  /** Whether enough rows are held to pass them on. */
  isFull(): boolean;
  /** Passes on the rows that are still held, one after the other. */
  flushInSteps(): Steps<void>;
}

/** Holds the first rows until their cells have shown which columns are secret: then no secret cell is passed on. */
export function holdFirstRows(
  watch: SecretWatch,
  secrets: SecretBlanker,
  passOn: (row: readonly string[]) => void,
): RowHolder {
  let held: (readonly string[])[] | null = [];
  return {
    add(row) {
      if (held === null) {
        if (watch.sees(row)) secrets.addPositions(watch.secrets());
        passOn(secrets.blank(row));
        return;
      }
      watch.add(row);
      held.push(row);
    },
    isFull: () => held !== null && held.length >= HELD_ROWS,
    *flushInSteps() {
      if (held === null) return;
      const rows = held;
      held = null;
      secrets.addPositions(watch.secrets());
      for (const row of rows) {
        passOn(secrets.blank(row));
        yield;
      }
    },
  };
}
