import { describe, expect, it } from 'vitest';
import { UploadStatus } from '../../generated/prisma/client.js';
import { chunkMoves, chunkSources, uploadMoves, uploadSources } from './moves.js';

const statuses = Object.values(UploadStatus);

describe.each([
  ['uploads', uploadMoves, uploadSources],
  ['chunks', chunkMoves, chunkSources],
])('the list of moves of %s', (_name, moves, sources) => {
  it('explains every move in a sentence', () => {
    for (const move of moves) expect(move.when).toMatch(/^[A-Z].*\.$/);
  });

  it('has every move once', () => {
    const arrows = moves.map(({ from, to }) => `${from} ${to}`);
    expect(new Set(arrows).size).toBe(arrows.length);
  });

  it.each(statuses)('has no move from CANCELED to %s', (to) => {
    expect(sources(to)).not.toContain('CANCELED');
  });

  it('leads away from COMPLETED only where a merge imports everything again', () => {
    const left = moves.filter(({ from }) => from === 'COMPLETED');
    expect(left).toEqual([
      expect.objectContaining({
        when: expect.stringMatching(/\bmerge[sd]\b/),
        to: expect.stringMatching(/^P/),
      }),
    ]);
  });
});
