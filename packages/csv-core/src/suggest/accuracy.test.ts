import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import type { Field } from '../fields/fields.js';
import { resolveColumns } from '../header/resolve-columns.js';
import { platforms } from '../platforms/index.js';
import type { Platform } from '../platforms/platform.js';
import { readCsvFile } from '../platforms/read-csv-file.testing.js';
import { createNameIndex, type NameIndex, nameIndex } from './name-index.js';
import { suggestWith } from './suggest-mapping.js';

/**
 * In the fixtures the platform, and so the field of each column, is known. Suggestions are made as if it were not, and
 * are compared with these fields. Where a platform reads a field from several columns (`Shipping Country Code`, else
 * `… Name`), one of them is enough.
 */
const fixturesFolder = fileURLToPath(new URL('../platforms/fixtures/', import.meta.url));

interface Tally {
  readonly expected: number;
  readonly misses: readonly string[];
}

function tally(platform: Platform, index: NameIndex): Tally {
  const folder = join(fixturesFolder, platform.name);
  const tallies = readdirSync(folder)
    .filter((name) => name.endsWith('.csv'))
    .map((name) => tallyFile(join(folder, name), platform, index));
  return {
    expected: tallies.reduce((sum, { expected }) => sum + expected, 0),
    misses: tallies.flatMap(({ misses }) => misses),
  };
}

function tallyFile(path: string, platform: Platform, index: NameIndex): Tally {
  const { headers, rows } = readCsvFile(readFileSync(path));
  const { columns } = suggestWith(index, headers, rows);
  const positionsOf = new Map<Field, number[]>();
  for (const [position, column] of resolveColumns(headers, platform).entries()) {
    if (column.role !== 'field') continue;
    const { field } = column.column;
    positionsOf.set(field, [...(positionsOf.get(field) ?? []), position]);
  }
  const misses = [...positionsOf].flatMap(([field, positions]) => {
    if (positions.some((position) => columns[position]?.as === field)) return [];
    const suggested = positions
      .map((position) => `"${headers[position]}" as ${columns[position]?.as}`)
      .join(', ');
    return [`${platform.name}: ${suggested}, not ${field}`];
  });
  return { expected: positionsOf.size, misses };
}

function report(title: string, tallies: readonly Tally[]): number {
  const expected = tallies.reduce((sum, one) => sum + one.expected, 0);
  const misses = tallies.flatMap((one) => one.misses);
  const share = 1 - misses.length / expected;
  const counts = new Map<string, number>();
  for (const miss of misses) counts.set(miss, (counts.get(miss) ?? 0) + 1);
  const lines = [...counts].map(([miss, count]) => `  ${count} × ${miss}`).join('\n');
  console.info(
    `${title}: ${expected - misses.length} of ${expected} fields (${(share * 100).toFixed(1)} %)\n${lines}`,
  );
  return share;
}

describe('suggestMapping on the fixtures of all platforms', () => {
  it('finds at least 90 % of the fields when the platform is not named', () => {
    const tallies = platforms.map((platform) => tally(platform, nameIndex()));
    expect(report('Platform not named', tallies)).toBeGreaterThanOrEqual(0.9);
  });

  it('finds at least 90 % of the fields when the headers of the platform are not known', () => {
    const tallies = platforms.map((platform) =>
      tally(platform, createNameIndex(platforms.filter((other) => other !== platform))),
    );
    expect(report('Platform unknown', tallies)).toBeGreaterThanOrEqual(0.9);
  });
});
