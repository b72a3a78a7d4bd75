import { describe, expect, it } from 'vitest';
import { UploadStatus } from '../../generated/prisma/client.js';
import { chunkMoves, chunkSources, uploadMoves, uploadSources } from './moves.js';

const statuses = Object.values(UploadStatus);

describe.each([
  ['uploads', uploadMoves, uploadSources],
  ['chunks', chunkMoves, chunkSources],
])('the list of moves of %s', (name, moves, sources) => {
  it('explains every move in a sentence', () => {
    for (const move of moves) expect(move.when).toMatch(/^[A-Z].*\.$/);
  });

  it('has every move once', () => {
    const arrows = moves.map(({ from, to }) => `${from} ${to}`);
    expect(new Set(arrows).size).toBe(arrows.length);
  });

  it.each(statuses.filter((status) => status !== 'UNDOING'))('has no move from CANCELED to %s', (to) => {
    expect(sources(to)).not.toContain('CANCELED');
  });

  it('leads away from COMPLETED only where a merchant takes rows back or has them imported again', () => {
    const left = moves.filter(({ from }) => from === 'COMPLETED').map(({ to }) => to);
    expect(left).toEqual(name === 'uploads' ? ['PROCESSING', 'UNDOING', 'REMAPPING'] : ['PENDING']);
  });
});
