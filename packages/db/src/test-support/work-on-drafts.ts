import type { Database } from '../client.js';
import { type DraftWork, workOnDraft } from '../import/drafts/work-on-draft.js';

/** What a worker does with a draft, until it is done, given up or has to wait. */
export async function finishDraft(db: Database, draftId: string): Promise<DraftWork> {
  for (;;) {
    const work = await workOnDraft(db, draftId, {
      leaseMs: 60_000,
      budgetMs: 2_000,
      maxAttempts: 5,
      signal: new AbortController().signal,
    });
    if (work.outcome !== 'goes on') return work;
  }
}
