import { ProblemError } from '@pledgeline/client/node';
import type { Upload } from './answers.js';
import type { Api } from './connect.js';
import { writeDownload } from './write-download.js';

/** Writes the rejected rows of an upload to a file, and returns its path; null if there are none, or several files of them. */
export async function saveRejected(
  api: Api,
  { id, rows }: Upload,
  path: string,
  signal: AbortSignal,
): Promise<string | null> {
  if (rows.rejected === 0) return null;
  try {
    const download = await api.download('/v1/uploads/{id}/rejected.csv', { path: { id }, signal });
    await writeDownload(download, { path }, signal);
    return path;
  } catch (error) {
    // Which file of an archive is a question to the user.
    if (error instanceof ProblemError && error.status === 409) return null;
    throw error;
  }
}
