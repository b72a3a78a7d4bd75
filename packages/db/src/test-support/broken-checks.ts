import type { Database } from '../client.js';
import type { UploadCheck } from '../import/verify/upload-check.js';
import { verifyUpload } from '../import/verify/verify-upload.js';

/** The invariants of an upload that do not hold: empty unless there is a fault. */
export async function brokenChecks(db: Database, uploadId: string): Promise<readonly UploadCheck[]> {
  const checks = await verifyUpload(db, uploadId);
  if (checks === null) throw new Error(`There is no upload ${uploadId}`);
  return checks.filter(({ holds }) => !holds);
}
