import type { ZipArchive } from '../zip-archive.js';

/** What reading a workbook takes beside its shared strings: the parser, a batch of rows, the strings that are kept decoded. */
const READER_BYTES = 8 * 1024 ** 2;

/** All shared strings are held while a sheet is read. */
const MAX_STRING_BYTES = 56 * 1024 ** 2;

/** How much memory a workbook may take. */
export interface WorkbookMemory {
  readonly total: number;
  /** How much of it is for shared strings, each with a few bytes that say where it ends. */
  readonly strings: number;
}

/**
 * How much memory the workbook needs at most, by the sizes in the directory of its archive: a string takes less than the
 * XML around it. The parts with sheets, pictures
 * and caches do not count; a workbook that hides its strings in one of those is refused when they do not fit.
 */
export function memoryOf({ members }: Pick<ZipArchive, 'members'>): WorkbookMemory {
  const size = members
    .filter(({ name }) => !/(?:^|\/)(?:worksheets|media|pivotCache|drawings)\//i.test(name))
    .reduce((sum, member) => sum + member.size, 0);
  const strings = Math.min(MAX_STRING_BYTES, size);
  return { total: READER_BYTES + strings, strings };
}
