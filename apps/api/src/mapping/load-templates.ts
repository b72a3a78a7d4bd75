import type { Templates } from '@pledgeline/csv-core';
import { type Database, listTemplates } from '@pledgeline/db';

/** Loads the mappings that the merchant has saved, by the fingerprint of their header row. */
export async function loadTemplates(database: Database, merchantId: string): Promise<Templates> {
  const templates = await listTemplates(database, merchantId);
  return new Map(templates.map((template) => [template.headerFingerprint, template]));
}
