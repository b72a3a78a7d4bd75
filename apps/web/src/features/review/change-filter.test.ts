import { describe, expect, it } from 'vitest';
import { countKinds } from './change-filter.js';

const none = { created: 0, changed: 0, unchanged: 0, removed: 0, missing: 0 };

describe('The counts of changes by kind', () => {
  it('are those of all types of records together', () => {
    const counts = countKinds({
      records: {
        backer: { ...none, created: 1, unchanged: 2 },
        pledge: { ...none, created: 2, changed: 3, missing: 4 },
        product: { ...none, unchanged: 5 },
        survey: { ...none, removed: 6 },
      },
    });
    expect(counts).toEqual({ created: 3, changed: 3, removed: 6, missing: 4, unchanged: 7, all: 16 });
  });
});
