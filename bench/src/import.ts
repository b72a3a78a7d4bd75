/**
 * Measures how long an import takes, with API and workers as processes on a Postgres of their own. Compares it with the
 * lower limit, which is COPY of the same rows, and with an import by `createMany`, alternating in one run.
 *
 *   pnpm bench                               100,000 rows, three times each
 *   pnpm bench --rows 1000000 --pairs 3 --skip-plain --workers 2 --queue redis
 *   pnpm bench --again                       also send the unchanged file a second time
 *   pnpm bench --set CONCURRENCY=3           with another setting of API and worker
 *   pnpm bench --probe                       also measure the response times of the API during the import
 */
import { createWriteStream } from 'node:fs';
import { mkdtemp, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import type { LocalPostgres } from '@pledgeline/local-services';
import { kickstarterSample } from '@pledgeline/samples';
import { freshDatabase, startBenchPostgres, withClient } from './import/bench-database.js';
import { dumpTables, measureCopy } from './import/copy-limit.js';
import { measurePlain } from './import/plain-way.js';
import { type Latencies, probe } from './import/probe.js';
import { type RunningSystem, type SystemOptions, startSystem } from './import/running-system.js';
import { sendFile } from './import/send-file.js';
import { countRows, importTables, type RowCounts } from './import/tables.js';
import { readOptions } from './read-options.js';

const { numbers, has, texts } = readOptions({
  numbers: { rows: 100_000, pairs: 3, workers: 1 },
  switches: ['skip-plain', 'skip-copy', 'again', 'probe'],
  texts: ['queue', 'set'],
});
const options: SystemOptions = {
  workers: numbers.workers,
  queue: readQueue(texts('queue').at(-1) ?? 'postgres'),
  variables: Object.fromEntries(texts('set').map((each) => each.split('=', 2))),
};

/** Rows that are imported first, so that API and workers are warmed up like those of a running service. */
const WARM_UP_ROWS = 2_000;

interface Run {
  readonly oursMs: number;
  readonly receivedMs: number;
  readonly againMs: number | null;
  readonly copyMs: number | null;
  readonly plainMs: number | null;
  readonly apiPeakMb: number;
  readonly workerPeakMb: number;
  readonly latencies: Latencies | null;
}

const folder = await mkdtemp(join(tmpdir(), 'pledgeline-bench-'));
const postgres = await startBenchPostgres();
try {
  const file = join(folder, 'campaign.csv');
  await pipeline(kickstarterSample({ rows: numbers.rows }), createWriteStream(file));
  const warmUp = join(folder, 'warm-up.csv');
  await pipeline(kickstarterSample({ rows: WARM_UP_ROWS, seed: 2 }), createWriteStream(warmUp));
  const { size } = await stat(file);
  console.log(`${numbers.rows} rows, ${(size / 1e6).toFixed(1)} MB; milliseconds:`);
  const runs: Run[] = [];
  for (let pair = 1; pair <= numbers.pairs; pair += 1) {
    const run = await measurePair(postgres, file, warmUp);
    runs.push(run);
    print(`run ${pair}`, run);
  }
  const summary = summarise(runs);
  print('median', summary);
  console.log(JSON.stringify(toJson(summary)));
} finally {
  await postgres.stop();
  await rm(folder, { recursive: true, force: true });
}

async function measurePair(server: LocalPostgres, file: string, warmUp: string): Promise<Run> {
  const connectionString = await freshDatabase(server, 'ours');
  const system = await startSystem(connectionString, options);
  const dump = join(folder, 'dump');
  let ours: Pick<Run, 'oursMs' | 'receivedMs' | 'latencies'>;
  let counts: RowCounts;
  let againMs: number | null = null;
  let peaks: Awaited<ReturnType<RunningSystem['peaks']>>;
  try {
    await sendFile(system, warmUp, 'Warm-up');
    await withClient(connectionString, async (client) => {
      await client.query('DELETE FROM campaign');
      await client.query(`TRUNCATE ${importTables.join(', ')} CASCADE`);
      await client.query('CHECKPOINT');
    });
    ours = await measureOurs(system, file);
    counts = await withClient(connectionString, (client) => countRows(client, importTables));
    if (!has('skip-copy')) await dumpTables(connectionString, dump);
    if (has('again')) againMs = (await sendFile(system, file, 'Bench')).completedMs;
    peaks = await system.peaks();
  } finally {
    await system.stop();
  }
  return {
    ...ours,
    againMs,
    copyMs: has('skip-copy') ? null : await measureCopy(server, dump, counts),
    plainMs: has('skip-plain') ? null : await measurePlain(server, file, counts),
    apiPeakMb: peaks.api,
    workerPeakMb: peaks.worker,
  };
}

async function measureOurs(system: RunningSystem, file: string) {
  const sending = sendFile(system, file, 'Bench');
  const latencies = has('probe') ? await probe(system, sending) : null;
  const { completedMs, receivedMs } = await sending;
  return { oursMs: completedMs, receivedMs, latencies };
}

function readQueue(text: string): SystemOptions['queue'] {
  if (text === 'redis' || text === 'postgres') return text;
  throw new Error('--queue must be redis or postgres.');
}

function summarise(runs: readonly Run[]): Run {
  const middle = (pick: (run: Run) => number | null): number | null => {
    const values = runs.map(pick).filter((value) => value !== null);
    return values.sort((a, b) => a - b)[Math.floor(values.length / 2)] ?? null;
  };
  const most = (pick: (run: Run) => number): number => Math.max(...runs.map(pick));
  const first = runs[0]?.latencies ?? null;
  return {
    oursMs: middle((run) => run.oursMs) ?? Number.NaN,
    receivedMs: middle((run) => run.receivedMs) ?? Number.NaN,
    againMs: middle((run) => run.againMs),
    copyMs: middle((run) => run.copyMs),
    plainMs: middle((run) => run.plainMs),
    apiPeakMb: most((run) => run.apiPeakMb),
    workerPeakMb: most((run) => run.workerPeakMb),
    latencies: first && {
      uploadP99Ms: most((run) => run.latencies?.uploadP99Ms ?? 0),
      healthP99Ms: most((run) => run.latencies?.healthP99Ms ?? 0),
      requests: first.requests,
    },
  };
}

function print(name: string, run: Run): void {
  const { vsCopy, vsPlain } = toJson(run);
  const cells = {
    ours: run.oursMs,
    received: run.receivedMs,
    again: run.againMs,
    COPY: run.copyMs,
    plain: run.plainMs,
    'ours / COPY': vsCopy,
    'plain / ours': vsPlain,
    'GET p99': run.latencies?.uploadP99Ms ?? null,
    'healthz p99': run.latencies?.healthP99Ms ?? null,
    'API MB': run.apiPeakMb,
    'worker MB': run.workerPeakMb,
  };
  const shown = Object.entries(cells).filter(([, value]) => value !== null);
  if (name === 'run 1') console.log(['', ...shown.map(([title]) => title)].map(pad).join(''));
  console.log([name, ...shown.map(([, value]) => shorten(value))].map(pad).join(''));
}

function pad(text: string): string {
  return text.padStart(13);
}

function shorten(value: number | null): string {
  if (value === null) return '';
  return value < 100 ? value.toFixed(2) : String(Math.round(value));
}

function toJson({ oursMs, copyMs, plainMs, againMs, apiPeakMb, workerPeakMb, latencies }: Run) {
  const rounded = (value: number | null) => (value === null ? null : Math.round(value));
  const ratio = (a: number | null, b: number | null) =>
    a === null || b === null ? null : Number((a / b).toFixed(2));
  return {
    rows: numbers.rows,
    oursMs: rounded(oursMs),
    copyMs: rounded(copyMs),
    plainMs: rounded(plainMs),
    vsCopy: ratio(oursMs, copyMs),
    vsPlain: ratio(plainMs, oursMs),
    apiPeakMb: rounded(apiPeakMb),
    workerPeakMb: rounded(workerPeakMb),
    ...(againMs !== null && { againMs: rounded(againMs) }),
    ...(latencies !== null && {
      uploadP99Ms: rounded(latencies.uploadP99Ms),
      healthP99Ms: rounded(latencies.healthP99Ms),
    }),
  };
}
