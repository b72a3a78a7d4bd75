import type { Schemas } from '@pledgeline/client';

/** What a person can do with an upload, beside what its page asks of them. */
export const moves = ['cancel', 'retry', 'undo', 'redo', 'remap', 'remove'] as const;

export type Move = (typeof moves)[number];

/** What of an upload decides about its moves; every list has it. */
export type MovableUpload = Pick<
  Schemas['UploadSummary'],
  'status' | 'sealed' | 'review' | 'rows' | 'chunks'
>;

/**
 * The moves that an upload allows as it stands, to who has this scope. The API may still refuse one, for a reason that only it
 * knows: rows that are no longer kept, or a campaign that is held by another upload.
 */
export function movesOf(upload: MovableUpload, scope: Schemas['Session']['scope']): ReadonlySet<Move> {
  if (scope === 'read') return new Set();
  return new Set(moves.filter((move) => allows(upload, move) && (move !== 'remove' || scope === 'admin')));
}

function allows({ status, sealed, review, rows, chunks }: MovableUpload, move: Move): boolean {
  const hasStopped = status === 'COMPLETED' || status === 'FAILED' || status === 'CANCELED';
  switch (move) {
    case 'cancel':
      return sealed && (status === 'PENDING' || status === 'PROCESSING' || status === 'NEEDS_MAPPING');
    case 'retry':
      return status === 'FAILED' && chunks.failed > 0;
    case 'undo':
      // The rows of a review count as imported as well, and none of them was written.
      return hasStopped && !review && rows.imported > 0;
    case 'redo':
      return status === 'UNDONE';
    case 'remap':
      return (status === 'COMPLETED' || status === 'FAILED') && !review && chunks.completed > 0;
    case 'remove':
      return hasStopped || status === 'UNDONE';
  }
}
