import { describe, expect, it } from 'vitest';
import { shareOf } from './draft-share.js';

describe('The progress of an undo', () => {
  it('never goes back between its two steps', () => {
    const steps = [
      { kind: 'UNDO', status: 'BUILDING', percent: 0 },
      { kind: 'UNDO', status: 'BUILDING', percent: 99 },
      { kind: 'UNDO', status: 'APPLYING', percent: 0 },
      { kind: 'UNDO', status: 'APPLYING', percent: 99 },
      { kind: 'UNDO', status: 'DONE', percent: 100 },
    ] as const;
    expect(steps.map(shareOf)).toEqual([0, 49.5, 50, 99.5, 100]);
  });
});

describe('The progress of a review', () => {
  it('is what the API says', () => {
    expect(shareOf({ kind: 'REVIEW', status: 'BUILDING', percent: 40 })).toBe(40);
    expect(shareOf({ kind: 'REMAP', status: 'APPLYING', percent: 10 })).toBe(10);
  });
});
