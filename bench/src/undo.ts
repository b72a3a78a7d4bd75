/**
 * How long it takes to undo one of three uploads, against its import: API and workers as processes on a Postgres of their own. All
 * three files say something of the same pledges, with other values in each.
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
    const sent = [];
    for (const file of files) sent.push(await sendFile(system, file, 'Bench'));
    const [, middle] = sent;
    if (middle === undefined) throw new Error('There is no file in the middle');
    const begun = performance.now();
    await startUndo(db, middle.uploadId);
    await undone(db, middle.uploadId);
    const undoMs = performance.now() - begun;
    const { worker } = await system.peaks();
    const imports = sent.map(({ completedMs }) => completedMs.toFixed(0)).join(', ');
    const ratio = (undoMs / middle.completedMs).toFixed(2);
    console.log(
      `run ${run}: imports ${imports}; undo ${undoMs.toFixed(0)}, ${ratio} of its import; worker ${worker.toFixed(0)} MB`,
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
