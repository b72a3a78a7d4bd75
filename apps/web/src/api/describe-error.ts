import { ConnectionError, ProblemError } from '@pledgeline/client';
import type { Texts } from '../texts/texts.js';

/** What went wrong, in a sentence for people, and what to do. */
export function describeError(error: unknown, texts: Texts): string {
  if (error instanceof ConnectionError) return texts.errors.offline;
  if (!(error instanceof ProblemError)) return texts.errors.unexpected;
  if (error.code === 'insufficient_scope') return texts.errors.scope;
  if (error.code === 'campaign_held') return texts.moves.held;
  if (error.code === 'rows_purged') return texts.moves.purged;
  if (error.status === 404) return texts.errors.gone;
  if (error.status >= 500) return texts.errors.server(error.requestId);
  return error.detail;
}

/** Whether nobody is signed in any more. */
export function isSignedOut(error: unknown): boolean {
  return error instanceof ProblemError && error.status === 401;
}
