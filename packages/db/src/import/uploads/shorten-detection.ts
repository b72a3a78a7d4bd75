import type { Detection } from '@pledgeline/csv-core';

/** How many unknown columns of a file are named. */
export const maxUnknownColumns = 100;
/** In UTF-16 units. */
const MAX_NAME_LENGTH = 200;

/**
 * A detection as it is kept with a file: the names of secret and unknown columns are cut, and of more than
 * {@link maxUnknownColumns} the last reason says how many there are. A file may have thousands, and an upload a thousand
 * files.
 */
export function shortenDetection(detection: Detection): Detection {
  const { reasons, unknownColumns, secretColumns } = detection;
  const left = unknownColumns.length - maxUnknownColumns;
  const more = `${unknownColumns.length} columns are unknown, of which the first ${maxUnknownColumns} are named`;
  return {
    ...detection,
    reasons: left > 0 ? [...reasons, more] : reasons,
    unknownColumns: unknownColumns.slice(0, maxUnknownColumns).map(shortenName),
    secretColumns: secretColumns.slice(0, maxUnknownColumns).map(shortenName),
  };
}

/** The name of a column for people, cut. The file itself keeps the whole name. */
export function shortenName(name: string): string {
  return name.length > MAX_NAME_LENGTH ? `${name.slice(0, MAX_NAME_LENGTH - 1).toWellFormed()}…` : name;
}
