import { normalizeHeader } from './normalize-header.js';

/**
 * How a row below the header relates to it. `same`: it repeats the header. `other`: it names the same columns at other
 * positions, or further columns, so the rows below it are not those of the header.
 */
export type LaterHeader = 'same' | 'other';

/** The columns of a header row in another order are recognised if at least one of this many first cells names one. */
const LOOKED_AT = 3;
/** Share of the filled cells of a row that must name columns of the header. */
const MIN_SHARE = 0.6;

/**
 * Recognises a header among the rows below the header, as in a file of two exports below each other. Null for a row
 * that is no header. It compares only few cells of a row that is none, so it may be asked of every row.
 */
export function createLaterHeaderFinder(
  headers: readonly string[],
): (cells: readonly string[]) => LaterHeader | null {
  const names = headers.map(barename);
  const known = new Set(names.filter((name) => name !== ''));
  const asWritten = new Set(
    headers.flatMap((header) => [header, header.trim(), `\ufeff${header}`, `\ufeff"${header}"`]),
  );
  asWritten.delete('');
  const wanted = Math.min(known.size, 3);
  return (cells) => {
    let isCandidate = false;
    for (let position = 0; position < LOOKED_AT && !isCandidate; position += 1) {
      isCandidate = asWritten.has(cells[position] ?? '');
    }
    return isCandidate ? compare(cells) : null;
  };

  function compare(cells: readonly string[]): LaterHeader | null {
    const found = new Set<string>();
    let filled = 0;
    let inPlace = 0;
    for (const [position, cell] of cells.entries()) {
      const name = barename(cell);
      if (name === '') continue;
      filled += 1;
      if (known.has(name)) found.add(name);
      if (name === names[position]) inPlace += 1;
    }
    if (found.size < wanted || found.size < filled * MIN_SHARE) return null;
    return inPlace === filled ? 'same' : 'other';
  }
}

/** Where two files were joined, the first header of the second one may have its byte order mark, before its quotes. */
function barename(header: string): string {
  const name = normalizeHeader(header);
  return header.startsWith('\ufeff"') ? name.slice(1, -1) : name;
}
