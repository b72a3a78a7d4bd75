import type { Database } from '../client.js';
import type { UploadCheck } from '../import/verify/upload-check.js';
import { verifyUpload } from '../import/verify/verify-upload.js';

/** What must always be true of an upload and is not: nothing, unless there is a fault. */
export async function brokenChecks(db: Database, uploadId: string): Promise<readonly UploadCheck[]> {
  const checks = await verifyUpload(db, uploadId);
  if (checks === null) throw new Error(`There is no upload ${uploadId}`);
  return checks.filter(({ holds }) => !holds);
}
