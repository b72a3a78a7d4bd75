import type { UploadStatus } from '../../generated/prisma/client.js';
import { UploadError } from '../uploads/upload-error.js';

/** What a merge must know of an upload. */
export interface MergedUpload {
  readonly id: string;
  readonly sequence: number;
  readonly status: UploadStatus;
  readonly filename: string | null;
  readonly createdAt: Date;
  readonly isSealed: boolean;
  readonly rowCount: number;
  /** Rows of its chunks. */
  readonly keptRows: number;
  readonly importedRows: number;
}

/** One that waits for its columns is merged as it is, and one that waits for a review is compared again. */
const openStatuses: readonly UploadStatus[] = ['PENDING', 'PROCESSING', 'UNDOING', 'REMAPPING'];

/** @throws UploadError `merge_refused` with the upload that stands in the way, and what to do about it */
export function requireMergeable(uploads: readonly MergedUpload[], others: readonly MergedUpload[]): void {
  for (const upload of [...uploads, ...others]) {
    if (openStatuses.includes(upload.status))
      throw refused(upload, 'has not ended. Wait for it or cancel it, then merge.');
  }
  for (const upload of uploads) {
    if (upload.status === 'CANCELED' && upload.importedRows > 0) {
      const what = `was canceled when ${upload.importedRows} of its rows were imported, and a canceled upload is not imported again`;
      throw refused(upload, `${what}. Send its file to the other campaign, and delete this one.`);
    }
    if (upload.isSealed && upload.keptRows < upload.rowCount) {
      throw refused(upload, 'is older than its rows are kept. Send its file to the other campaign.');
    }
  }
}

/**
 * Gives the uploads their places among those of the other campaign. The later upload wins, so the order must be that in which
 * the files were sent. Sequences are whole numbers without gaps, so there is room before and behind the others only.
 *
 * @param lastSequence the newest sequence that the other campaign has given
 * @throws UploadError `merge_refused` when files were sent to both in turns
 */
export function planSequences<Upload extends MergedUpload>(
  uploads: readonly Upload[],
  others: readonly MergedUpload[],
  lastSequence: number,
): readonly (Upload & { readonly newSequence: number })[] {
  const times = timesOf(uploads);
  const otherTimes = timesOf(others);
  if (Math.min(...times) > Math.max(...otherTimes)) {
    return uploads.map((upload, at) => ({ ...upload, newSequence: lastSequence + 1 + at }));
  }
  if (Math.max(...times) < Math.min(...otherTimes)) {
    // Below 1, where no upload is that was not put there in this way.
    const first = Math.min(1, ...others.map(({ sequence }) => sequence));
    return uploads.map((upload, at) => ({ ...upload, newSequence: first - uploads.length + at }));
  }
  throw new UploadError(
    'merge_refused',
    'Files were sent to the two campaigns in turns, and the order in which files are sent decides which values stand. Send the files to the right campaign again, oldest first, and delete this one.',
  );
}

/** When the uploads with rows were sent. */
function timesOf(uploads: readonly MergedUpload[]): readonly number[] {
  return uploads.filter(({ isSealed }) => isSealed).map(({ createdAt }) => createdAt.getTime());
}

function refused({ id, filename }: MergedUpload, why: string): UploadError {
  return new UploadError(
    'merge_refused',
    `The upload ${id}${filename === null ? '' : ` (${filename})`} ${why}`,
  );
}
