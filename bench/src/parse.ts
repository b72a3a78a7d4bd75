/**
 * Measures the throughput of csv-core's reader, from bytes in memory to chunks of rows, on one core.
 *
 *   pnpm bench:parse                     100 MB, median of 5
 *   pnpm bench:parse -- --megabytes 500 --runs 3
 */
import { createCsvReader } from '@pledgeline/csv-core';
import { readOptions } from './read-options.js';
import { sampleBytes } from './sample-bytes.js';

const { numbers } = readOptions({ numbers: { megabytes: 100, runs: 5 } });
const utf8 = [...sampleBytes(numbers.megabytes * 1_000_000)];

/** The same report in different encodings. */
const variants: readonly (readonly [name: string, pieces: readonly Uint8Array[]])[] = [
  ['utf-8, comma', utf8],
  ['utf-16le, comma', utf8.length === 0 ? [] : transcode(utf8)],
];

const results = variants.map(([name, pieces]) => measure(name, pieces));
console.table(results);
console.log(JSON.stringify({ megabytes: numbers.megabytes, runs: numbers.runs, results }));

function measure(name: string, pieces: readonly Uint8Array[]) {
  const bytes = pieces.reduce((sum, piece) => sum + piece.length, 0);
  const seconds: number[] = [];
  let rows = 0;
  for (let run = 0; run < numbers.runs; run += 1) {
    const begun = performance.now();
    rows = readAll(pieces);
    seconds.push((performance.now() - begun) / 1_000);
  }
  const median = seconds.sort((a, b) => a - b)[Math.floor(seconds.length / 2)] ?? Number.NaN;
  return {
    name,
    megabytes: Math.round(bytes / 1e6),
    rows,
    megabytesPerSecond: Math.round(bytes / 1e6 / median),
    rowsPerSecond: Math.round(rows / median),
  };
}

function readAll(pieces: readonly Uint8Array[]): number {
  const reader = createCsvReader({ onHeader: () => null, onChunk: () => {} });
  for (const piece of pieces) reader.push(piece);
  return reader.end().rows;
}

function transcode(pieces: readonly Uint8Array[]): readonly Uint8Array[] {
  const decoder = new TextDecoder('utf-8');
  return pieces.map((piece, index) => {
    const text = `${index === 0 ? '\ufeff' : ''}${decoder.decode(piece, { stream: true })}`;
    return Buffer.from(text, 'utf16le');
  });
}
