import { ProblemError, type Schemas } from '@pledgeline/client';
import { type QueryClient, queryOptions } from '@tanstack/react-query';
import { client } from '../../api/client.js';

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

/** Another person is signed in from now on, or nobody: what the last one saw is forgotten. */
export function changeSession(queries: QueryClient, session: Session | null): void {
  // The session itself is being looked at, so it is changed and not removed.
  queries.removeQueries({ predicate: ({ queryKey }) => queryKey[0] !== sessionQuery.queryKey[0] });
  queries.setQueryData(sessionQuery.queryKey, session);
}
