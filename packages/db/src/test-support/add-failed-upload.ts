import type { Database } from '../client.js';
import { createUpload } from '../import/uploads/create-upload.js';
import { failUpload } from '../import/uploads/fail-upload.js';

/** Adds an upload that failed because its file was empty, with a message about it. Returns its id. */
export async function addFailedUpload(db: Database, merchantId: string, filename?: string): Promise<string> {
  const { id } = await createUpload(db, { merchantId, campaign: 'Lamp', filename });
  await failUpload(db, id, { code: 'empty_file', message: 'The file is empty.' });
  return id;
}
