import type { UploadStatus } from '../../generated/prisma/client.js';

/** One allowed change of status. */
interface Move {
  readonly from: UploadStatus;
  readonly to: UploadStatus;
  /** What happens when it is made. */
  readonly when: string;
}

/** Every change that an upload's status may make. All writes go through {@link uploadSources}. */
export const uploadMoves: readonly Move[] = [
  { from: 'PENDING', to: 'PROCESSING', when: 'The first of its chunks is claimed.' },
  {
    from: 'PENDING',
    to: 'NEEDS_MAPPING',
    when: 'It is sealed, and its columns are not those of a known platform.',
  },
  { from: 'PENDING', to: 'FAILED', when: 'The file could not be read, or its client stopped sending.' },
  { from: 'PENDING', to: 'CANCELED', when: 'The merchant cancels it before any chunk is claimed.' },
  { from: 'NEEDS_MAPPING', to: 'PENDING', when: 'The merchant sets what the columns are.' },
  { from: 'NEEDS_MAPPING', to: 'CANCELED', when: 'The merchant gives up on it.' },
  { from: 'PROCESSING', to: 'COMPLETED', when: 'Its last chunk is done, and every row is accounted for.' },
  { from: 'PROCESSING', to: 'FAILED', when: 'No chunk is open any more, and at least one has failed.' },
  { from: 'PROCESSING', to: 'CANCELED', when: 'The merchant cancels it; finished chunks stay.' },
  {
    from: 'FAILED',
    to: 'PROCESSING',
    when: 'The merchant retries its failed chunks, or merges its campaign into another.',
  },
  {
    from: 'COMPLETED',
    to: 'PROCESSING',
    when: 'The merchant merges its campaign into another: its rows are imported again, there.',
  },
  {
    from: 'PROCESSING',
    to: 'NEEDS_REVIEW',
    when: 'The last of its rows is compared with the campaign, and the merchant had asked to see what changes.',
  },
  {
    from: 'NEEDS_REVIEW',
    to: 'PROCESSING',
    when: 'The merchant applies it, or its campaign has changed or is merged into another and it is compared again.',
  },
  { from: 'NEEDS_REVIEW', to: 'CANCELED', when: 'The merchant discards it; nothing of it was written.' },
  { from: 'COMPLETED', to: 'UNDOING', when: 'The merchant takes it back.' },
  { from: 'FAILED', to: 'UNDOING', when: 'The merchant takes back what was imported of it.' },
  { from: 'CANCELED', to: 'UNDOING', when: 'The merchant takes back what was imported of it.' },
  { from: 'UNDOING', to: 'UNDONE', when: 'The tables are as if it had never been sent.' },
  { from: 'UNDOING', to: 'COMPLETED', when: 'The undo was given up before anything was changed.' },
  { from: 'UNDOING', to: 'FAILED', when: 'The undo was given up before anything was changed.' },
  { from: 'UNDOING', to: 'CANCELED', when: 'The undo was given up before anything was changed.' },
  {
    from: 'UNDONE',
    to: 'PROCESSING',
    when: 'The merchant brings it back, or the undo was given up amid its writes: what was imported is imported again.',
  },
  { from: 'COMPLETED', to: 'REMAPPING', when: 'The merchant says again what its columns are.' },
  { from: 'FAILED', to: 'REMAPPING', when: 'The merchant says again what its columns are.' },
  {
    from: 'REMAPPING',
    to: 'PROCESSING',
    when: 'Its rows are imported again, with the other columns; with those of before when it was given up amid its writes.',
  },
  {
    from: 'REMAPPING',
    to: 'COMPLETED',
    when: 'The other columns were discarded, or given up, before anything was changed.',
  },
  {
    from: 'REMAPPING',
    to: 'FAILED',
    when: 'The other columns were discarded, or given up, before anything was changed.',
  },
];

/** Every change that a chunk's status may make. */
export const chunkMoves: readonly Move[] = [
  { from: 'PENDING', to: 'PROCESSING', when: 'A worker claims it.' },
  { from: 'PROCESSING', to: 'PROCESSING', when: 'Another worker claims it after the lease has run out.' },
  {
    from: 'PROCESSING',
    to: 'PENDING',
    when: 'The attempt failed and attempts are left, or its lease ran out.',
  },
  {
    from: 'PROCESSING',
    to: 'COMPLETED',
    when: 'Its records and rejects are written, in the same transaction; or it is refused.',
  },
  {
    from: 'PROCESSING',
    to: 'FAILED',
    when: 'The attempt failed, and no attempts are left.',
  },
  { from: 'PENDING', to: 'CANCELED', when: 'The upload is canceled.' },
  {
    from: 'PROCESSING',
    to: 'CANCELED',
    when: 'The upload is canceled; the running attempt loses its token.',
  },
  { from: 'FAILED', to: 'PENDING', when: 'The upload is retried, or its campaign is merged into another.' },
  {
    from: 'COMPLETED',
    to: 'PENDING',
    when: 'The campaign of its upload is merged into another, or the upload is applied, brought back or mapped again.',
  },
];

/** The statuses from which an upload may move to `to`: the condition of every update of an upload's status. */
export function uploadSources(to: UploadStatus): readonly UploadStatus[] {
  return uploadMoves.filter((move) => move.to === to).map((move) => move.from);
}

/** As {@link uploadSources}, for chunks. */
export function chunkSources(to: UploadStatus): readonly UploadStatus[] {
  return chunkMoves.filter((move) => move.to === to).map((move) => move.from);
}
