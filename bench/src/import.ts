/**
 * How long an import takes, and how near that is to the limit: API and workers as processes on a Postgres of their
 * own, against COPY of the very rows they wrote, against the plain way with `createMany`, and against API and workers
 * of another commit, alternating in one run.
 *
 *   pnpm bench                               100,000 rows, three times each, with one worker and with two
 *   pnpm bench --rows 1000000 --pairs 3 --skip-plain --workers 2 --queue redis
 *   pnpm bench --against HEAD~1              also import with that commit, in turn with ours
 *   pnpm bench --again                       also send the unchanged file a second time
 *   pnpm bench --set CONCURRENCY=3           with another setting of API and worker
 *   pnpm bench --probe                       also measure the response times of the API during the import
 */
import { createWriteStream } from 'node:fs';
import { mkdtemp, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { type BuiltCommit, buildCommit, CommitError } from '@pledgeline/programs';
import { kickstarterSample } from '@pledgeline/samples';
import { addTemplate, startBenchPostgres } from './import/bench-database.js';
import { type Pair, summarise } from './import/figures.js';
import { readImportOptions } from './import/import-options.js';
import type { ImportSetup } from './import/measure-import.js';
import { measurePair } from './import/measure-pair.js';
import { printPair, printSpeeds, printTitles } from './import/print-tables.js';
import { toJson } from './import/to-json.js';

const WARM_UP_ROWS = 2_000;

const options = readImportOptions();
const theirs = options.against === null ? null : await buildCommit(options.against).catch(explain);
const folder = await mkdtemp(join(tmpdir(), 'pledgeline-bench-'));
try {
  const postgres = await startBenchPostgres();
  try {
    if (theirs !== null) await addTemplate(postgres, 'theirs', theirs.root);
    const file = join(folder, 'campaign.csv');
    await pipeline(kickstarterSample({ rows: options.rows }), createWriteStream(file));
    const warmUp = join(folder, 'warm-up.csv');
    await pipeline(kickstarterSample({ rows: WARM_UP_ROWS, seed: 2 }), createWriteStream(warmUp));
    await measureAll({ postgres, file, warmUp, options }, theirs);
  } finally {
    await postgres.stop();
  }
} finally {
  await rm(folder, { recursive: true, force: true });
}

/** What to do, without a stack. */
function explain(error: unknown): never {
  if (!(error instanceof CommitError)) throw error;
  console.error(`--against: ${error.message}`);
  process.exit(1);
}

async function measureAll(setup: ImportSetup, theirs: BuiltCommit | null): Promise<void> {
  const { size } = await stat(setup.file);
  console.log(`${options.rows} rows, ${(size / 1e6).toFixed(1)} MB; milliseconds:`);
  if (theirs !== null) console.log(`theirs: ${options.against} (${theirs.hash})`);
  printTitles(options);
  const pairs: Pair[] = [];
  for (let count = 1; count <= options.pairs; count += 1) {
    for (const [place, workers] of options.workers.entries()) {
      // The plain way has no workers, and takes minutes.
      const withPlain = place === 0 && !options.skipPlain;
      const pair = await measurePair(setup, { workers, withPlain, theirs, dump: join(folder, 'dump') });
      pairs.push(pair);
      printPair(options, `run ${count}`, pair);
    }
  }
  const medians = options.workers.flatMap((workers) => {
    const [first, ...others] = pairs.filter((pair) => pair.workers === workers);
    return first === undefined ? [] : [summarise([first, ...others])];
  });
  for (const pair of medians) printPair(options, 'median', pair);
  if (theirs !== null) printSpeeds(options, medians);
  const results = medians.map((pair) => toJson(options.rows, pair));
  console.log(JSON.stringify({ rows: options.rows, against: theirs?.hash ?? null, results }));
}
