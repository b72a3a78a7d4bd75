import { type BuiltCommit, ourRoot } from '@pledgeline/programs';
import { dumpTables, measureCopy } from './copy-limit.js';
import { type Pair, ratio } from './figures.js';
import { type ImportSetup, measureImport } from './measure-import.js';
import { measurePlain } from './plain-way.js';
import { mustEqual, type RowCounts, recordTables } from './tables.js';

interface PairOptions {
  readonly workers: number;
  readonly withPlain: boolean;
  readonly theirs: BuiltCommit | null;
  /** Folder for the rows that ours writes, which COPY reads. */
  readonly dump: string;
}

/** Theirs, ours, COPY and the plain way, one after the other. Throws when they did not write the same records. */
export async function measurePair(
  setup: ImportSetup,
  { workers, withPlain, theirs, dump }: PairOptions,
): Promise<Pair> {
  const { postgres, file, options } = setup;
  const their = theirs && (await measureImport(setup, workers, { side: 'theirs', root: theirs.root }));
  const our = await measureImport(setup, workers, {
    side: 'ours',
    root: ourRoot,
    keepRows: (connectionString) =>
      options.skipCopy ? Promise.resolve() : dumpTables(connectionString, dump),
  });
  if (their !== null) mustEqual('--against', sharedCounts(their.counts, our.counts), our.counts);
  return {
    workers,
    theirs: their?.run ?? null,
    speed: ratio(their?.run.importMs ?? null, our.run.importMs),
    againSpeed: ratio(their?.run.againMs ?? null, our.run.againMs),
    ours: our.run,
    copyMs: options.skipCopy ? null : await measureCopy(postgres, dump, our.counts),
    plainMs: withPlain ? await measurePlain(postgres, file, our.counts) : null,
  };
}

/** Their counts of the records that both have tables for. */
function sharedCounts(theirs: RowCounts, ours: RowCounts): RowCounts {
  const both = recordTables.filter((table) => table in ours).map(String);
  return Object.fromEntries(Object.entries(theirs).filter(([table]) => both.includes(table)));
}
