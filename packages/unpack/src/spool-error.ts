/**
 * The disk of the temporary files fails, or is full. Nothing is wrong with the upload: it may succeed later. The `cause`
 * is the error of the system, such as ENOSPC.
 */
export class SpoolError extends Error {
  override readonly name = 'SpoolError';
}
