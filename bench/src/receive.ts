/**
 * Measures how fast the API receives a large file, and its peak memory. Streams a file over HTTP to a real API process
 * on a Postgres of its own and prints the peak memory of that process (VmHWM) before and after.
 *
 *   pnpm bench:receive                       1,000 MB of CSV
 *   pnpm bench:receive -- --gzip             the same, compressed with gzip
 *   pnpm bench:receive -- --megabytes 100
 */
import { request } from 'node:http';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { createGzip } from 'node:zlib';
import { applyMigrations, createApiKey, createDatabase, defaultMigrationsFolder } from '@pledgeline/db';
import { type RunningProgram, startPostgres } from '@pledgeline/local-services';
import { ourRoot, startAsInProduction } from '@pledgeline/programs';
import { peakMegabytes } from './process-memory.js';
import { readOptions } from './read-options.js';
import { sampleBytes } from './sample-bytes.js';

const { numbers, has } = readOptions({ numbers: { megabytes: 1_000 }, switches: ['gzip'] });

const postgres = await startPostgres();
try {
  await postgres.createDatabase('bench');
  const connectionString = postgres.url('bench');
  await applyMigrations({ connectionString, migrationsFolder: defaultMigrationsFolder() });
  const database = createDatabase({
    connectionString,
    maxConnections: 2,
    applicationName: 'pledgeline-bench',
  });
  const { key } = await createApiKey(database, 'Bench', 'bench');
  await database.close();
  const variables = { DATABASE_URL: connectionString, HOST: '127.0.0.1', PORT: '0' };
  const api = await startAsInProduction(ourRoot, 'api', variables);
  try {
    console.log(JSON.stringify(await measure(api, key)));
  } finally {
    await api.end('SIGTERM');
  }
} finally {
  await postgres.stop();
}

async function measure(api: RunningProgram, key: string) {
  const port = Number(/"port":(\d+)/.exec(await api.waitForLog(/"event":"listening"/))?.[1]);
  await send(port, key, 1);
  // Reading records loads code that receiving does not need, but that an API in use has in memory.
  await (await fetch(`http://127.0.0.1:${port}/v1/backers?campaign=Bench`, bearer(key))).text();
  const warmMb = Math.round(await peakMegabytes(api.pid));
  const begun = performance.now();
  const answer = await send(port, key, numbers.megabytes);
  const seconds = (performance.now() - begun) / 1_000;
  return {
    megabytes: numbers.megabytes,
    gzip: has('gzip'),
    ...answer,
    seconds: Number(seconds.toFixed(1)),
    megabytesPerSecond: Math.round(numbers.megabytes / seconds),
    apiWarmMb: warmMb,
    apiPeakMb: Math.round(await peakMegabytes(api.pid)),
  };
}

/** Sends the file. Resolves with the numbers of rows and bytes that the API has received. */
async function send(
  port: number,
  key: string,
  megabytes: number,
): Promise<{ rows: number; sentBytes: number }> {
  const post = request({
    port,
    method: 'POST',
    path: '/v1/uploads?campaign=Bench&force=true',
    headers: { ...bearer(key).headers, 'content-type': 'text/csv' },
  });
  const answer = new Promise<string>((resolve, reject) => {
    post.once('error', reject);
    post.once('response', (response) => {
      Readable.from(response)
        .setEncoding('utf8')
        .reduce((text: string, piece: string) => text + piece, '')
        .then((text) => (response.statusCode === 202 ? resolve(text) : reject(new Error(text))), reject);
    });
  });
  const file = Readable.from(sampleBytes(megabytes * 1_000_000));
  await (has('gzip') ? pipeline(file, createGzip({ level: 1 }), post) : pipeline(file, post));
  const upload: unknown = JSON.parse(await answer);
  if (typeof upload !== 'object' || upload === null || !('rows' in upload) || !('bytes' in upload)) {
    throw new Error('The response of the API has no rows or bytes.');
  }
  return { rows: Number(upload.rows), sentBytes: Number(upload.bytes) };
}

function bearer(key: string): { readonly headers: Readonly<Record<string, string>> } {
  return { headers: { authorization: `Bearer ${key}` } };
}
