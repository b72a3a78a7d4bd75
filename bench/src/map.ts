/**
 * Measures the throughput of csv-core's mapping, from rows of text to validated records, on one core, and the time to
 * detect a platform.
 *
 *   pnpm bench:map                       20,000 rows of 31 columns, best and median of 7
 *   pnpm bench:map -- --rows 100000 --runs 5
 */
import { createCsvReader, detectPlatform, type RowChunk } from '@pledgeline/csv-core';
import { mapKeys } from '@pledgeline/csv-core/map';
import { kickstarterSample } from '@pledgeline/samples';
import { readOptions } from './read-options.js';

const { numbers } = readOptions({ numbers: { rows: 20_000, runs: 7, columns: 31 } });
const chunks = readChunks(numbers.rows);
const headers = chunks[0]?.headers ?? [];

const seconds = Array.from({ length: numbers.runs }, () => time(mapAll)).sort((a, b) => a - b);
const detections = 20_000;
const detecting = time(() => {
  for (let run = 0; run < detections; run += 1) detectPlatform(headers);
});

console.log(
  JSON.stringify({
    rows: numbers.rows,
    columns: headers.length,
    bestRowsPerSecond: Math.round(numbers.rows / (seconds[0] ?? Number.NaN)),
    medianRowsPerSecond: Math.round(numbers.rows / (seconds[Math.floor(seconds.length / 2)] ?? Number.NaN)),
    detectMicroseconds: Math.round((detecting / detections) * 1e6),
  }),
);

function readChunks(rows: number): readonly RowChunk[] {
  const found: RowChunk[] = [];
  const reader = createCsvReader({
    chunkRows: 2_500,
    onHeader: () => null,
    onChunk: (chunk) => found.push(firstColumns(chunk, numbers.columns)),
  });
  for (const text of kickstarterSample({ rows })) reader.push(new TextEncoder().encode(text));
  reader.end();
  return found;
}

function firstColumns({ headers: names, rows, ...chunk }: RowChunk, count: number): RowChunk {
  return { ...chunk, headers: names.slice(0, count), rows: rows.map((row) => row.slice(0, count)) };
}

function mapAll(): void {
  for (const { headers: names, rows, firstRow, lines } of chunks) mapKeys(names, rows, { firstRow, lines });
}

function time(work: () => void): number {
  const begun = performance.now();
  work();
  return (performance.now() - begun) / 1_000;
}
