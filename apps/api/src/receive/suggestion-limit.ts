import type { ReadFile } from '@pledgeline/db';

/** How long the suggestions that an upload keeps may be together, in characters of JSON. */
const MAX_LENGTH = 4 * 1024 ** 2;

/**
 * Limits how many suggestions are held until the upload is sealed: an archive may have a thousand files, of thousands of
 * columns each. A file beyond the limit is kept without one.
 */
export function limitSuggestions(maxLength: number = MAX_LENGTH): (file: ReadFile) => ReadFile {
  let length = 0;
  return (file) => {
    if (file.suggestion === null) return file;
    if (length + file.suggestion.length > maxLength) return { ...file, suggestion: null };
    length += file.suggestion.length;
    return file;
  };
}
