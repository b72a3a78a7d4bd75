/**
 * How long it takes to undo one of three uploads, and to review a file, against its import: API and workers as processes on a
 * Postgres of their own. All three files say something of the same pledges, with other values in each. The first is reviewed for an
 * empty campaign, where every record is new, and the last one before it is imported, where nearly every record changes.
 *
 *   pnpm bench:undo                          100,000 rows in each file, one worker, three times
 *   pnpm bench:undo --rows 10000 --runs 1
 */
import { createWriteStream } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { setTimeout as sleep } from 'node:timers/promises';
import { createDatabase, type Database, startUndo } from '@pledgeline/db';
import type { LocalPostgres } from '@pledgeline/local-services';
import { ourRoot } from '@pledgeline/programs';
import { kickstarterSample } from '@pledgeline/samples';
import { freshDatabase, startBenchPostgres } from './import/bench-database.js';
import { startSystem } from './import/running-system.js';
import { sendFile } from './import/send-file.js';
import { readOptions } from './read-options.js';

const SEEDS = [1, 2, 3];
/** There is no producer here: the sweep finds the draft, at once. */
const sweepSoon = { SWEEP_EVERY_MS: '1000', PENDING_AFTER_MS: '1000' };
const PAUSE_MS = 20;

const { numbers } = readOptions({ numbers: { rows: 100_000, runs: 3, workers: 1 } });
const folder = await mkdtemp(join(tmpdir(), 'pledgeline-bench-'));
try {
  const postgres = await startBenchPostgres();
  try {
    const files = await Promise.all(SEEDS.map(writeFile));
    console.log(
      `${numbers.rows} rows in each of ${files.length} files, ${numbers.workers} workers; milliseconds:`,
    );
    for (let run = 1; run <= numbers.runs; run += 1) await measure(postgres, files, run);
  } finally {
    await postgres.stop();
  }
} finally {
  await rm(folder, { recursive: true, force: true });
}

async function writeFile(seed: number): Promise<string> {
  const file = join(folder, `${seed}.csv`);
  await pipeline(kickstarterSample({ rows: numbers.rows, seed }), createWriteStream(file));
  return file;
}

/** Undoes the one in the middle. */
async function measure(postgres: LocalPostgres, files: readonly string[], run: number): Promise<void> {
  const connectionString = await freshDatabase(postgres, 'ours');
  const { workers } = numbers;
  const system = await startSystem(ourRoot, connectionString, {
    workers,
    queue: 'postgres',
    variables: sweepSoon,
  });
  const db = createDatabase({ connectionString, maxConnections: 2 });
  try {
    const [first, second, third] = files;
    if (first === undefined || second === undefined || third === undefined)
      throw new Error('There are three files');
    const review = { review: true };
    const ofNew = await sendFile(system, first, 'Empty', review);
    const sent = [await sendFile(system, first, 'Bench')];
    const middle = await sendFile(system, second, 'Bench');
    const ofChanged = await sendFile(system, third, 'Bench', review);
    sent.push(middle, await sendFile(system, third, 'Bench'));
    const ratios = [ofNew, ofChanged].map(({ completedMs }, at) => {
      const imported = sent[at * 2]?.completedMs ?? Number.NaN;
      return `${completedMs.toFixed(0)} (${(completedMs / imported).toFixed(2)})`;
    });
    const begun = performance.now();
    await startUndo(db, middle.uploadId);
    await undone(db, middle.uploadId);
    const undoMs = performance.now() - begun;
    const { worker } = await system.peaks();
    const imports = sent.map(({ completedMs }) => completedMs.toFixed(0)).join(', ');
    const ratio = (undoMs / middle.completedMs).toFixed(2);
    console.log(
      `run ${run}: imports ${imports}; reviews ${ratios.join(', ')} of the import; undo ${undoMs.toFixed(0)}, ${ratio} of its import; worker ${worker.toFixed(0)} MB`,
    );
  } finally {
    await db.close();
    await system.stop();
  }
}

async function undone({ pool }: Database, uploadId: string): Promise<void> {
  for (;;) {
    const { rows } = await pool.query<{ status: string }>('SELECT status FROM csv_upload WHERE id = $1', [
      uploadId,
    ]);
    if (rows[0]?.status === 'UNDONE') return;
    if (rows[0]?.status !== 'UNDOING')
      throw new Error(`The upload ended with the status ${rows[0]?.status}.`);
    await sleep(PAUSE_MS);
  }
}
