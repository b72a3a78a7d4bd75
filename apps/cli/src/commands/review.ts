import { ProblemError } from '@pledgeline/client/node';
import { explainProblem } from '../explain-problem.js';
import type { ProgressLine } from '../report/progress-line.js';
import { renderChanges } from '../report/render-changes.js';
import { type IssueGroup, isAboutFiles } from '../upload/answers.js';
import { type ChangeFilter, type Changes, readChanges } from '../upload/changes.js';
import type { Api } from '../upload/connect.js';
import { nameProducts } from '../upload/name-products.js';
import { canAsk, confirm } from './confirm.js';
import { type CommandContext, stdoutStyle } from './context.js';
import type { JsonOption } from './json-option.js';

/** How many changes are shown where nobody says how many. */
export const SHOWN_CHANGES = 20;

/** How a review is decided. */
export interface ReviewOptions extends JsonOption {
  /** Applies the changes without asking. */
  readonly yes: boolean;
}

/** What was shown, and whether it is being applied now. If not, the upload waits. */
export interface Reviewed {
  readonly changes: Changes;
  readonly isApplied: boolean;
}

/**
 * Shows what an upload would change, and applies it if that is wanted. If the campaign has changed in between, the
 * changes are worked out anew, and shown again.
 */
export async function review(
  api: Api,
  id: string,
  options: ReviewOptions,
  context: CommandContext,
  progress: ProgressLine,
): Promise<Reviewed> {
  for (;;) {
    const changes = await showChanges(api, id, { limit: SHOWN_CHANGES }, options, context, progress);
    if (!(await isWanted(options, context))) return { changes, isApplied: false };
    if (await apply(api, id, context.signal)) return { changes, isApplied: true };
    progress.note('The campaign has changed since, so nothing was applied. These are the changes now:');
  }
}

/** Waits for the changes of an upload, and prints them unless JSON is wanted: then the caller does. */
export async function showChanges(
  api: Api,
  id: string,
  filter: ChangeFilter,
  { json }: JsonOption,
  context: CommandContext,
  progress: ProgressLine,
): Promise<Changes> {
  const { signal, stdout } = context;
  const changes = await readChanges(api, id, filter, { onProgress: progress.show, signal });
  progress.end();
  if (json) return changes;
  const upload = await api.get('/v1/uploads/{id}', { path: { id }, signal });
  const products = await nameProducts(api, upload.campaignId, changes, signal);
  const errors = await readErrors(api, id, signal);
  stdout.write(`\n${renderChanges(changes, { ...upload, errors, products }, stdoutStyle(context))}`);
  return changes;
}

async function readErrors(api: Api, id: string, signal: AbortSignal): Promise<readonly IssueGroup[]> {
  const { groups } = await api.get('/v1/uploads/{id}/issues/summary', { path: { id }, signal });
  return groups.filter((group) => group.severity === 'error' && !isAboutFiles(group));
}

async function isWanted({ yes, json }: ReviewOptions, context: CommandContext): Promise<boolean> {
  if (yes) return true;
  if (json || !canAsk(context)) return false;
  return confirm('Apply these changes?', context);
}

/** False when the campaign has changed since, and the changes are worked out anew. */
async function apply(api: Api, id: string, signal: AbortSignal): Promise<boolean> {
  try {
    await api.post('/v1/uploads/{id}/apply', { path: { id }, signal });
    return true;
  } catch (error) {
    if (!(error instanceof ProblemError)) throw error;
    if (error.code === 'review_outdated') return false;
    throw explainProblem(error, 'The changes were not applied', {
      hint: `The upload still waits. Look again: pnpm cli changes ${id}\nThen apply it: pnpm cli apply ${id}`,
    });
  }
}
