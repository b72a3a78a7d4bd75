import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import * as z from 'zod/mini';
import { mappedRecordSchema } from './mapped-record.js';
import { valuesNear } from './values-near.testing.js';

const NUM_RUNS = 1_500;

describe('mappedRecordSchema', () => {
  it('can be compiled, and then accepts the same records and refuses the others with the same issues', () => {
    const compiled = z.compile(mappedRecordSchema, { strict: true });
    let accepted = 0;
    fc.assert(
      fc.property(valuesNear(mappedRecordSchema, 100), (value) => {
        const expected = mappedRecordSchema.safeParse(value);
        expect(compiled.safeParse(value)).toEqual(expected);
        if (expected.success) accepted += 1;
      }),
      { numRuns: NUM_RUNS },
    );
    expect(accepted).toBeGreaterThan(NUM_RUNS / 10);
    expect(accepted).toBeLessThan(NUM_RUNS * 0.9);
  });
});
