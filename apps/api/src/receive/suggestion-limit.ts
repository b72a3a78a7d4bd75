import type { ReadFile } from '@pledgeline/db';
import type { MemoryBudget } from '../turns/memory-budget.js';
import type { GiveBack } from '../turns/turns.js';

/** How long the suggestions that an upload keeps may be together, in characters of JSON. */
const MAX_LENGTH = 4 * 1024 ** 2;

/** Limits how many suggestions are held until an upload is sealed. */
export interface SuggestionLimit {
  /** Returns the file without its suggestion if there is no room for that. */
  apply(file: ReadFile): ReadFile;
  /** To be called when the upload is sealed or failed. */
  release(): void;
}

/**
 * An archive may have a thousand files, of thousands of columns each, so that their suggestions would take all memory. Those
 * that are left out are made anew when somebody asks for them.
 */
export function limitSuggestions(memory: MemoryBudget, maxLength: number = MAX_LENGTH): SuggestionLimit {
  const taken: GiveBack[] = [];
  let length = 0;

  function hasRoom(bytes: number): boolean {
    const giveBack = length + bytes > maxLength ? null : memory.takeNow(bytes);
    if (giveBack === null) return false;
    taken.push(giveBack);
    length += bytes;
    return true;
  }

  return {
    apply: (file) =>
      file.suggestion === null || hasRoom(file.suggestion.length) ? file : { ...file, suggestion: null },
    release() {
      for (const giveBack of taken.splice(0)) giveBack();
    },
  };
}
