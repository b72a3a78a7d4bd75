import { describe, expect, it } from 'vitest';
import { UploadStatus } from '../../generated/prisma/client.js';
import { chunkMoves, chunkSources, uploadMoves, uploadSources } from './moves.js';

const statuses = Object.values(UploadStatus);

describe.each([
  ['uploads', uploadMoves, uploadSources],
  ['chunks', chunkMoves, chunkSources],
])('moves of %s', (_name, moves, sources) => {
  it('say for every arrow when it is made', () => {
    for (const move of moves) expect(move.when).toMatch(/^[A-Z].*\.$/);
  });

  it('name every arrow once', () => {
    const arrows = moves.map(({ from, to }) => `${from} ${to}`);
    expect(new Set(arrows).size).toBe(arrows.length);
  });

  it.each(statuses)('leave no way out of CANCELED or COMPLETED to %s', (to) => {
    expect(sources(to)).not.toContain('CANCELED');
    expect(sources(to)).not.toContain('COMPLETED');
  });
});
