import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type ProgressRow, toProgress } from './progress.js';

const running: ProgressRow = {
  status: 'PROCESSING',
  sealed_at: new Date(),
  byte_count: 5_000,
  expected_bytes: null,
  row_count: 1_000,
  imported: 240,
  rejected: 9,
  left_out: 1,
  open_chunks: 3,
  recent_rows: 250,
  running_s: 10,
  has_columns_to_review: false,
};

describe('The progress of an upload', () => {
  it('has a rate and a time left while rows are imported', () => {
    expect(toProgress(running)).toEqual({
      phase: 'importing',
      percent: 25,
      bytesReceived: 5_000,
      bytesTotal: 5_000,
      rowsDone: 250,
      rowsTotal: 1_000,
      rowsPerSecond: 25,
      secondsLeft: 30,
    });
    expect(toProgress({ ...running, running_s: 3_600 })).toMatchObject({ rowsPerSecond: 8, secondsLeft: 90 });
  });

  it('leaves both open while no rows are done', () => {
    const unknown = { rowsPerSecond: null, secondsLeft: null };
    expect(toProgress({ ...running, recent_rows: 0 })).toMatchObject(unknown);
    expect(toProgress({ ...running, status: 'PENDING', running_s: null })).toMatchObject(unknown);
  });

  it.each<[string, Partial<ProgressRow>, Partial<ReturnType<typeof toProgress>>]>([
    [
      'is received',
      { status: 'PENDING', sealed_at: null, row_count: 0, imported: 0, rejected: 0, left_out: 0 },
      { phase: 'receiving', percent: 0, bytesReceived: 5_000, bytesTotal: null, rowsTotal: null },
    ],
    [
      'is received, and its client has said how long it is',
      { status: 'PENDING', sealed_at: null, row_count: 0, expected_bytes: 8_000 },
      { phase: 'receiving', bytesReceived: 5_000, bytesTotal: 8_000 },
    ],
    ['waits for a worker', { status: 'PENDING' }, { phase: 'waiting' }],
    ['waits for a mapping', { status: 'NEEDS_MAPPING' }, { phase: 'waiting' }],
    ['is read with other columns', { status: 'REMAPPING' }, { phase: 'importing' }],
    [
      'has other columns that wait to be looked at',
      { status: 'REMAPPING', has_columns_to_review: true },
      { phase: 'waiting' },
    ],
    [
      'is settled',
      { imported: 990, open_chunks: 0 },
      { phase: 'settling', percent: 99.9, rowsPerSecond: null },
    ],
    [
      'is completed',
      { status: 'COMPLETED', imported: 990, open_chunks: 0 },
      { phase: 'ended', percent: 100 },
    ],
    ['is canceled', { status: 'CANCELED', open_chunks: 0 }, { phase: 'ended', percent: 25 }],
  ])('has a phase when it %s', (_what, change, expected) => {
    expect(toProgress({ ...running, ...change })).toMatchObject(expected);
  });

  it('never shows more than was done, and 100 only at the end', () => {
    const counts = fc.tuple(
      fc.integer({ min: 1, max: 5_000_000 }),
      fc.double({ min: 0, max: 1, noNaN: true }),
    );
    fc.assert(
      fc.property(counts, fc.boolean(), ([total, share], hasEnded) => {
        const imported = Math.floor(total * share);
        const status = hasEnded ? 'FAILED' : 'PROCESSING';
        const { percent } = toProgress({
          ...running,
          status,
          row_count: total,
          imported,
          rejected: 0,
          left_out: 0,
        });
        expect(percent).toBeLessThanOrEqual((imported / total) * 100);
        expect(percent === 100).toBe(hasEnded && imported === total);
      }),
    );
  });
});
