/** The entries of a list, a few at a time, so that its reader can stop when it has enough. */
export type Batches<Row> = AsyncGenerator<readonly Row[], void, undefined>;

/** What is read at once: entries of this length together, in bytes as text, but at least one. */
const MAX_BATCH_BYTES = 128 * 1024;
/** How many entries the first batch looks at, and the largest one. Entries may be megabytes each. */
const FIRST_ROWS = 20;
const MAX_ROWS = 80;

/** An entry of a list, before it is read. */
export interface Sized {
  readonly id: string;
  /** In bytes, as text. */
  readonly size: number;
}

export interface BatchSource<Row> {
  /** The next entries of the list after one of them, or from its beginning. */
  findNext(after: string | undefined, count: number): Promise<readonly Sized[]>;
  /** Reads entries, in the order of the list. */
  read(ids: readonly string[]): Promise<readonly Row[]>;
}

/** Reads a list in batches, none of which is much longer than {@link MAX_BATCH_BYTES}. */
export async function* readBatches<Row>(
  { findNext, read }: BatchSource<Row>,
  { after, limit }: { readonly after?: string | undefined; readonly limit: number },
): Batches<Row> {
  let left = limit;
  let last = after;
  let count = FIRST_ROWS;
  while (left > 0) {
    const found = await findNext(last, Math.min(count, left));
    const ids = fitting(found);
    if (ids.length === 0) return;
    yield await read(ids);
    last = ids.at(-1);
    left -= ids.length;
    if (ids.length === found.length) count = Math.min(count * 2, MAX_ROWS);
    else count = FIRST_ROWS;
  }
}

function fitting(found: readonly Sized[]): readonly string[] {
  let sum = 0;
  const beyond = found.findIndex(({ size }, at) => {
    sum += size;
    return at > 0 && sum > MAX_BATCH_BYTES;
  });
  return found.slice(0, beyond === -1 ? found.length : beyond).map(({ id }) => id);
}
