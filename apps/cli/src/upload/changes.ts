import {
  ConnectionError,
  type Operation,
  type Output,
  ProblemError,
  type Schemas,
} from '@pledgeline/client/node';
import { CliError } from '../cli-error.js';
import { pause } from '../stack/pause.js';
import type { Api } from './connect.js';
import { type Watcher, watchUpload } from './import-file.js';

type ChangesPage = Output<Operation<'/v1/uploads/{id}/changes', 'get'>>;

/** One record that an upload creates, changes, removes or does not name. */
export type RecordChange = Schemas['RecordChange'];

/** What an upload would change, or has changed. */
export interface Changes extends Pick<ChangesPage, 'status' | 'draft' | 'totals'> {
  readonly changes: readonly RecordChange[];
  /** Whether there are more than were asked for. */
  readonly hasMore: boolean;
}

/** Which changes are wanted. What is not given is not filtered. */
export interface ChangeFilter {
  readonly kind?: string;
  readonly type?: string;
  readonly field?: string;
  readonly limit: number;
}

const FIRST_POLL_MS = 100;
const SLOWEST_POLL_MS = 2_000;
/** Between two looks at how far an undo is. */
const SHARE_MS = 1_000;
/** The longest page that the API gives. */
const MAX_PAGE = 1_000;

const kindsInOrder = ['changed', 'removed', 'created', 'missing'] as const;

/** Waits until the changes of an upload are worked out, and reads them: first what replaces something, then what is new. */
export async function readChanges(
  api: Api,
  id: string,
  { kind, limit, ...filter }: ChangeFilter,
  watcher: Watcher,
): Promise<Changes> {
  const { status, draft, totals } = await waitForChanges(api, id, watcher);
  const kinds = kind === undefined ? kindsInOrder.filter((each) => hasKind(totals, each)) : [kind];
  const changes: RecordChange[] = [];
  for (const each of kinds) {
    const wanted = limit + 1 - changes.length;
    const query = { ...filter, kind: each, limit: Math.min(wanted, MAX_PAGE) };
    const input = { path: { id }, query, signal: watcher.signal };
    for await (const change of api.entries('/v1/uploads/{id}/changes', input)) {
      if (changes.length > limit) break;
      changes.push(change);
    }
  }
  return { status, draft, totals, changes: changes.slice(0, limit), hasMore: changes.length > limit };
}

function hasKind(totals: ChangesPage['totals'], kind: (typeof kindsInOrder)[number]): boolean {
  return totals === null || Object.values(totals.records).some((counts) => counts[kind] > 0);
}

/** @throws CliError when they cannot be worked out */
async function waitForChanges(
  api: Api,
  id: string,
  { onProgress, signal }: Watcher,
): Promise<Pick<ChangesPage, 'status' | 'draft' | 'totals'>> {
  for (let wait = FIRST_POLL_MS; ; wait = Math.min(wait * 1.25, SLOWEST_POLL_MS)) {
    const page = await api.get('/v1/uploads/{id}/changes', { path: { id }, query: { limit: 1 }, signal });
    const { draft, status } = page;
    if (draft.status === 'READY' || draft.status === 'DONE') return page;
    const hasFailed = draft.kind === 'REVIEW' && (status === 'FAILED' || status === 'CANCELED');
    if (draft.status === 'FAILED' || hasFailed) {
      throw new CliError(`What the upload changes could not be worked out: ${draft.error ?? status}`, {
        hint: `See what is wrong: pnpm cli uploads ${id}`,
      });
    }
    onProgress({ phase: 'comparing', share: draft.percent / 100 });
    await pause(wait, signal);
  }
}

/** Waits until an undo has ended, and returns its upload: `UNDONE`, or what it was before if the undo was given up. */
export async function watchUndo(
  api: Api,
  id: string,
  { onProgress, signal }: Watcher,
): Promise<Schemas['Upload']> {
  const end = new AbortController();
  const shown = showShares(api, id, { onProgress, signal: AbortSignal.any([signal, end.signal]) });
  try {
    const upload = await watchUpload(api, id, { onProgress: () => undefined, signal });
    onProgress({ phase: 'undoing', share: 1 });
    return upload;
  } finally {
    end.abort();
    await shown;
  }
}

/** Shows how much of an undo is done: the first half is reading, the second is writing. Stops where the API does not say it. */
async function showShares(api: Api, id: string, { onProgress, signal }: Watcher): Promise<void> {
  try {
    for (;;) {
      const input = { path: { id }, query: { limit: 1 }, signal };
      const { draft } = await api.get('/v1/uploads/{id}/changes', input);
      if (draft.kind !== 'UNDO') return;
      onProgress({ phase: 'undoing', share: (draft.status === 'BUILDING' ? 0 : 0.5) + draft.percent / 200 });
      await pause(SHARE_MS, signal);
    }
  } catch (error) {
    const isAnswer = error instanceof ProblemError || error instanceof ConnectionError;
    if (!signal.aborted && !isAnswer) throw error;
  }
}
