import { ProblemError, type Schemas } from '@pledgeline/client';
import { type QueryClient, queryOptions } from '@tanstack/react-query';
import { client } from '../../api/client.js';
import { isSignedOut } from '../../api/describe-error.js';
import { tellOtherTabs } from './other-tabs.js';

export type Session = Schemas['Session'];

/** Who is signed in; null when nobody is. */
export const sessionQuery = queryOptions({
  queryKey: ['session'],
  queryFn: async ({ signal }): Promise<Session | null> => {
    try {
      return await client.get('/app/session', { signal });
    } catch (error) {
      if (error instanceof ProblemError && error.status === 401) return null;
      throw error;
    }
  },
  staleTime: 60_000,
});

/** Another person is signed in from now on, or nobody, in all tabs of the page. */
export function changeSession(queries: QueryClient, session: Session | null): void {
  takeSession(queries, session);
  tellOtherTabs(session);
}

/** As {@link changeSession}, in this tab: what the last person saw is forgotten. */
export function takeSession(queries: QueryClient, session: Session | null): void {
  // The session itself is being looked at, so it is changed and not removed.
  queries.removeQueries({ predicate: ({ queryKey }) => queryKey[0] !== sessionQuery.queryKey[0] });
  queries.setQueryData(sessionQuery.queryKey, session);
}

/** Whoever finds out first that the session has ended calls this: the way in is shown, and the address stays. */
export function noticeError(queries: QueryClient, error: unknown): void {
  if (isSignedOut(error)) queries.setQueryData(sessionQuery.queryKey, null);
}
