import type { Operation, Output, Schemas } from '@pledgeline/client';
import {
  type InfiniteData,
  queryOptions,
  type UseInfiniteQueryResult,
  useInfiniteQuery,
} from '@tanstack/react-query';
import { client } from '../../api/client.js';
import type { ChangeFilter } from './change-filter.js';

type ChangesPage = Output<Operation<'/v1/uploads/{id}/changes', 'get'>>;

/** What the changes of an upload are taken from, and how far that is. */
export type Draft = ChangesPage['draft'];
export type Totals = Schemas['ChangeTotals'];
export type RecordChange = Schemas['RecordChange'];

/** How often one looks again at what is being worked out. */
const LOOK_MS = 1_000;

/** Whether something is done by itself, so that it is worth to look again. */
export function isWorking({ status }: Pick<Draft, 'status'>): boolean {
  return status === 'BUILDING' || status === 'APPLYING';
}

/**
 * What an upload changes in all, or how far it is to know that. Of an upload that has ended it begins to be worked out with the
 * first question, so this is asked where somebody wants to see it.
 */
export const draftQuery = (id: string) =>
  queryOptions({
    queryKey: ['upload', id, 'draft'],
    queryFn: async ({ signal }) => {
      const { draft, totals } = await client.get('/v1/uploads/{id}/changes', {
        path: { id },
        query: { limit: 1 },
        signal,
      });
      return { draft, totals };
    },
    refetchInterval: ({ state }) =>
      state.data !== undefined && isWorking(state.data.draft) ? LOOK_MS : false,
    // A review that is made anew is another one: nothing of the last one may be taken for it.
    staleTime: 0,
    gcTime: 0,
  });

const PAGE = 100;
const first: string | null = null;
const keep = <T>(before: T): T => before;

/** The changes of an upload that a filter lets through, page by page. */
export function useChanges(
  id: string,
  { kind, type, field }: ChangeFilter,
): UseInfiniteQueryResult<InfiniteData<ChangesPage>> {
  return useInfiniteQuery({
    queryKey: ['upload', id, 'changes', kind, type, field],
    queryFn: ({ pageParam, signal }: { pageParam: string | null; signal: AbortSignal }) =>
      client.get('/v1/uploads/{id}/changes', {
        path: { id },
        query: {
          limit: PAGE,
          ...(kind !== 'all' && { kind }),
          ...(type !== '' && { type }),
          ...(field !== '' && { field }),
          ...(pageParam !== null && { cursor: pageParam }),
        },
        signal,
      }),
    initialPageParam: first,
    getNextPageParam: ({ next }) => next,
    // What was found stays in sight until something else is.
    placeholderData: keep,
    staleTime: 0,
    gcTime: 0,
  });
}
