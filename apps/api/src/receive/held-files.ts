import { CsvFileError } from '@pledgeline/csv-core';
import type { ReadFile } from '@pledgeline/db';
import type { MemoryBudget } from '../turns/memory-budget.js';
import type { GiveBack } from '../turns/turns.js';

/** What ordinary uploads keep of their files, in bytes. It is not counted against the budget of all. */
const FREE_BYTES = 1024 ** 2;

/** The most that an upload may keep of its files, in bytes. */
const MAX_BYTES = 24 * 1024 ** 2;

/** Counts what is kept of the files of an upload until it is sealed: their names of columns, and what was found out about each. */
export interface HeldFiles {
  /**
   * Waits for memory when the files take more than ordinary ones do.
   *
   * @throws CsvFileError `header_too_long` when all files together take too much
   * @throws Problem `too_little_memory`
   */
  hold(file: ReadFile): Promise<void>;
  /** To be called when the upload is sealed or failed. */
  release(): void;
}

/**
 * An archive may have a thousand files of thousands of columns each. All of its memory is taken at once: uploads that took it file by
 * file could wait for each other.
 *
 * @param maxBytes what an upload may take; 24 MB by default
 */
export function countFiles(memory: MemoryBudget, maxBytes: number = MAX_BYTES): HeldFiles {
  let held = 0;
  let columns = 0;
  let giveBack: GiveBack | null = null;
  return {
    async hold(file) {
      // Suggestions have a limit of their own.
      held += bytesOf({ ...file, suggestion: null });
      columns += file.headers.length;
      if (held > maxBytes) throw tooWide(columns);
      if (held > FREE_BYTES) giveBack ??= await memory.take(maxBytes);
    },
    release() {
      giveBack?.();
      giveBack = null;
    },
  };
}

const OBJECT_BYTES = 24;
const SLOT_BYTES = 8;

/** About how much memory a value takes that is made of plain objects, lists and texts. */
function bytesOf(value: unknown): number {
  if (typeof value === 'string') return OBJECT_BYTES + value.length;
  if (typeof value !== 'object' || value === null) return 0;
  return Object.values(value).reduce<number>((sum, part) => sum + SLOT_BYTES + bytesOf(part), OBJECT_BYTES);
}

function tooWide(columns: number): CsvFileError {
  return new CsvFileError(
    'header_too_long',
    `With this file, the files of the archive have ${columns} columns, and what must be kept of them takes too much memory. Send the files in several archives, or remove columns that are not needed.`,
  );
}
