/** Where a chunk's rows are in the upload. */
export interface ChunkRange {
  /** Number of its first row. */
  readonly firstRow: number;
  readonly rowCount: number;
}

/** Which rows of other chunks each chunk has to be read with. */
export interface SiblingPlan {
  /** For each chunk the numbers of rows in other chunks, ascending. */
  readonly siblings: readonly (readonly number[])[];
  /** How many numbers are in so many chunks that these are not read together. */
  readonly uncompared: number;
}

/** Reading one chunk along with another takes some 15 ms, and a file appended to itself needs two a chunk. */
const maxPairs = (chunks: number): number => 1_000 + 10 * chunks;

/**
 * @param chunks in file order, without gaps
 * @param groups numbers of rows in the upload that bear the same number, in file order
 */
export function planSiblings(
  chunks: readonly ChunkRange[],
  groups: readonly (readonly number[])[],
): SiblingPlan {
  const siblings = chunks.map((): number[] => []);
  const pairs = new Set<number>();
  let uncompared = 0;
  for (const group of groups) {
    const placed = group.map((row) => ({ row, chunk: chunkOf(row, chunks) }));
    const involved = [...new Set(placed.map(({ chunk }) => chunk))];
    if (involved.length < 2) continue;
    const isTooMany = involved.length ** 2 > maxPairs(chunks.length);
    const added = isTooMany ? [] : pairsOf(involved, chunks.length).filter((pair) => !pairs.has(pair));
    if (isTooMany || pairs.size + added.length > maxPairs(chunks.length)) {
      uncompared += 1;
      continue;
    }
    for (const pair of added) pairs.add(pair);
    for (const own of involved) {
      siblings[own]?.push(...placed.flatMap(({ row, chunk }) => (chunk === own ? [] : [row])));
    }
  }
  return { siblings: siblings.map((rows) => rows.sort((a, b) => a - b)), uncompared };
}

function pairsOf(involved: readonly number[], count: number): readonly number[] {
  return involved.flatMap((a) => involved.filter((b) => b !== a).map((b) => a * count + b));
}

/** The position of the last chunk that begins at the row or before it. */
function chunkOf(row: number, chunks: readonly ChunkRange[]): number {
  let low = 0;
  let high = chunks.length - 1;
  while (low < high) {
    const middle = Math.ceil((low + high) / 2);
    if ((chunks[middle]?.firstRow ?? 0) <= row) low = middle;
    else high = middle - 1;
  }
  return low;
}
