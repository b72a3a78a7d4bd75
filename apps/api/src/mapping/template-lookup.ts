import type { SavedMapping, Templates } from '@pledgeline/csv-core';
import { type Database, findTemplate, listTemplateFingerprints } from '@pledgeline/db';
import { NotLoadedError } from './not-loaded-error.js';

/**
 * The mappings that a merchant has saved. There may be a thousand, each of thousands of columns, and a file needs one at
 * most. So only their fingerprints are read at first, and a mapping when a file turns out to have its header row.
 */
export async function openTemplates(database: Database, merchantId: string): Promise<Templates> {
  const missing = new Set(await listTemplateFingerprints(database, merchantId));
  const loaded = new Map<string, SavedMapping>();

  async function load(headerFingerprint: string): Promise<void> {
    const template = await findTemplate(database, merchantId, headerFingerprint);
    missing.delete(headerFingerprint);
    if (template !== null) loaded.set(headerFingerprint, template);
  }

  return {
    get(headerFingerprint) {
      if (missing.has(headerFingerprint)) throw new NotLoadedError(() => load(headerFingerprint));
      return loaded.get(headerFingerprint);
    },
  };
}
