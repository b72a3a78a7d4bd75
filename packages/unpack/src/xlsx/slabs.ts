/** How large a slab is, in bytes. */
export const SLAB_BYTES = 256 * 1024;

/** How long slabs that nobody uses are kept. */
const KEEP_MS = 10_000;

const free: Buffer[] = [];
let taken = 0;
let drop: NodeJS.Timeout | undefined;

/**
 * Takes a slab of memory, whatever it holds. To be given back: the collector would find out too late that a large workbook
 * needs its memory no more, when the next one has filled as much again.
 */
export function takeSlab(): Buffer {
  clearTimeout(drop);
  taken += 1;
  // Not from a pool of Node's, so that it has an ArrayBuffer of its own.
  return free.pop() ?? Buffer.from(new ArrayBuffer(SLAB_BYTES));
}

/** Gives slabs back, which must not be used afterwards. */
export function giveBackSlabs(slabs: readonly Buffer[]): void {
  taken -= slabs.length;
  for (const slab of slabs) free.push(slab);
  if (taken > 0) return;
  clearTimeout(drop);
  drop = setTimeout(() => {
    free.length = 0;
  }, KEEP_MS).unref();
}
