import type { Templates } from '@pledgeline/csv-core';
import { type Database, listTemplates } from '@pledgeline/db';

/** What the merchant once said of files that nobody else knows. */
export async function loadTemplates(database: Database, merchantId: string): Promise<Templates> {
  const templates = await listTemplates(database, merchantId);
  return new Map(templates.map((template) => [template.headerFingerprint, template]));
}
