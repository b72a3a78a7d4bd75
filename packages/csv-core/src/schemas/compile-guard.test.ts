import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { mapKeys } from '../map-keys.js';
import { anyString } from '../values/any-string.testing.js';
import { compileGuard } from './compile-guard.js';
import { mappedRecordSchema } from './mapped-record.js';
import { amountSchema, countrySchema, instantSchema, maxKeyLength } from './scalars.js';

const guard = compileGuard(mappedRecordSchema);

const { records } = mapKeys(
  ['Order ID', 'Email', 'Total', 'Date', 'SKU', 'Country', 'Colour'],
  [['1', 'ada@example.com', '$5.00 USD', '2024-03-01', '007', 'US', 'blue']],
);
const [good] = records;

describe('compileGuard', () => {
  it('accepts a valid record', () => {
    expect(guard(good)).toBe(true);
  });

  it('never accepts a value that the schema refuses or changes', () => {
    const leaf = fc.oneof(
      fc.constantFrom(null, undefined, '', 0, -1, 1.5, Number.NaN, 2 ** 31, true, 'US', '1.00', [], {}),
      fc.string({ minLength: maxKeyLength, maxLength: maxKeyLength + 1 }),
      anyString,
    );
    const paths = leafPaths(good);
    expect(paths.length).toBeGreaterThan(40);
    fc.assert(
      fc.property(fc.constantFrom(...paths), leaf, (path, value) => {
        const changed = replaceAt(good, path, value);
        if (!guard(changed)) return;
        expect(mappedRecordSchema.safeParse(changed)).toEqual({ success: true, data: changed });
      }),
      { numRuns: 3_000 },
    );
  });

  it('accepts nothing for schemas that it does not support', () => {
    const unknown = [
      z.any(),
      z.string().trim(),
      z.email(),
      z.number(),
      z.int().gt(0),
      z.array(z.string()).max(2),
      z.string().optional(),
      z.union([z.string(), z.null()]),
      z.string().refine((text) => text !== 'x'),
    ];
    for (const schema of unknown) {
      for (const value of ['a', 1, [], null, undefined]) expect(compileGuard(schema)(value)).toBe(false);
    }
  });
});

describe('the schemas of scalars', () => {
  it.each([
    [amountSchema, ['0', '-12.5', '999999999999999.9999'], ['', '.5', '1.', '1e3', '1,0', '1.00000', '1\n']],
    [countrySchema, ['US'], ['us', 'USA', '']],
    [instantSchema, ['2024-03-01T09:30:00.000Z'], ['2024-03-01', '2024-03-01T09:30:00Z']],
  ])('accept valid texts and refuse all others: case %#', (schema, valid, invalid) => {
    for (const text of valid) expect(schema.safeParse(text).success).toBe(true);
    for (const text of invalid) expect(schema.safeParse(text).success).toBe(false);
  });
});

type Path = readonly string[];

function leafPaths(value: unknown, path: Path = []): readonly Path[] {
  if (typeof value !== 'object' || value === null) return [path];
  return [path, ...Object.entries(value).flatMap(([key, part]) => leafPaths(part, [...path, key]))].slice(
    path.length === 0 ? 1 : 0,
  );
}

function replaceAt(value: unknown, [key, ...rest]: Path, replacement: unknown): unknown {
  if (key === undefined) return replacement;
  if (Array.isArray(value)) {
    return value.map((part: unknown, index) =>
      String(index) === key ? replaceAt(part, rest, replacement) : part,
    );
  }
  const entries = Object.entries(value ?? {});
  return Object.fromEntries(
    entries.map(([name, part]: [string, unknown]) => [
      name,
      name === key ? replaceAt(part, rest, replacement) : part,
    ]),
  );
}
