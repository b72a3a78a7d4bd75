import type { SavedMapping, Templates } from '@pledgeline/csv-core';
import { type Database, findTemplate, listTemplateFingerprints } from '@pledgeline/db';

/**
 * The mappings that a merchant has saved. There may be a thousand, each of thousands of columns, and a file needs one at
 * most. So only their fingerprints are read at first, and a mapping when a file turns out to have its header row.
 */
export interface TemplateLookup extends Templates {
  /** @throws TemplateNeededError when there is one that is not loaded */
  get(headerFingerprint: string): SavedMapping | undefined;
  load(headerFingerprint: string): Promise<void>;
}

/** A file has the header row of a template. It has to be loaded, and the file to be read from its beginning. */
export class TemplateNeededError extends Error {
  override readonly name = 'TemplateNeededError';
  readonly headerFingerprint: string;

  constructor(headerFingerprint: string) {
    super(`The template for the header row ${headerFingerprint} is not loaded.`);
    this.headerFingerprint = headerFingerprint;
  }
}

export async function openTemplates(database: Database, merchantId: string): Promise<TemplateLookup> {
  const missing = new Set(await listTemplateFingerprints(database, merchantId));
  const loaded = new Map<string, SavedMapping>();
  return {
    get(headerFingerprint) {
      if (missing.has(headerFingerprint)) throw new TemplateNeededError(headerFingerprint);
      return loaded.get(headerFingerprint);
    },
    async load(headerFingerprint) {
      const template = await findTemplate(database, merchantId, headerFingerprint);
      missing.delete(headerFingerprint);
      if (template !== null) loaded.set(headerFingerprint, template);
    },
  };
}
