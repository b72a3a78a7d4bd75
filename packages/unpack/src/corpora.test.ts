import { readdirSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { createCsvReader, formatCsvRow } from '@pledgeline/csv-core';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { limits } from './test-support/read-all.js';
import { unpack } from './unpack.js';

const { resolve } = createRequire(import.meta.url);
const spectrum = join(dirname(resolve('csv-spectrum')), 'csvs');
const naughty = z
  .array(z.string())
  .parse(JSON.parse(readFileSync(resolve('big-list-of-naughty-strings/blns.json'), 'utf8')));

type Table = readonly (readonly string[])[];

function createReading() {
  const rows: (readonly string[])[] = [];
  const reader = createCsvReader({
    onHeader: (headers) => {
      rows.push(headers);
    },
    onChunk: (chunk) => rows.push(...chunk.rows),
  });
  return { reader, rows };
}

function readPlain(bytes: Uint8Array): Table {
  const { reader, rows } = createReading();
  reader.push(bytes);
  reader.end();
  return rows;
}

/** Reads the bytes as a client would send them, cut at these places. */
async function readUnpacked(bytes: Uint8Array, cuts: readonly number[]): Promise<Table> {
  const { reader, rows } = createReading();
  async function* pieces() {
    let from = 0;
    for (const to of [...cuts, bytes.length]) {
      yield bytes.subarray(from, to);
      from = to;
    }
  }
  for await (const file of unpack(pieces(), { limits })) {
    if (file.kind !== 'text') throw new Error(`It is ${file.kind}`);
    for await (const piece of file.pieces) reader.push(piece);
  }
  reader.end();
  return rows;
}

describe('A file of csv-spectrum through gzip', () => {
  it.each(readdirSync(spectrum))('reads the same as uncompressed, cut at every byte: %s', async (name) => {
    const bytes = readFileSync(join(spectrum, name));
    const packed = gzipSync(bytes);
    const plain = readPlain(bytes);
    for (let cut = 0; cut <= packed.length; cut += 1) {
      expect(await readUnpacked(packed, [cut])).toEqual(plain);
    }
  });
});

describe('The Big List of Naughty Strings through gzip', () => {
  // A blank string would be a blank row, which the reader skips.
  const strings = naughty.filter((text) => text.trim() !== '');
  const packed = gzipSync(toCsv(strings));

  it('comes back string by string, cut anywhere', async () => {
    const expected = strings.map((text, index) => [text, String(index)]);
    expect(strings.length).toBeGreaterThan(400);
    await fc.assert(
      fc.asyncProperty(fc.uniqueArray(fc.nat(packed.length), { maxLength: 30 }), async (cuts) => {
        const rows = await readUnpacked(
          packed,
          [...cuts].sort((a, b) => a - b),
        );
        expect(rows.slice(1)).toEqual(expected);
      }),
      { numRuns: 100 },
    );
  });
});

function toCsv(strings: readonly string[]): string {
  return [['text', 'number'], ...strings.map((text, index) => [text, String(index)])]
    .map((row) => formatCsvRow(row))
    .join('');
}
