import type { Schemas } from '@pledgeline/client';
import { infiniteQueryOptions, queryOptions } from '@tanstack/react-query';
import { client } from '../../api/client.js';

export type Notification = Schemas['Notification'];

/**
 * How often the page looks for news. It asks again instead of reading the stream of events, because without HTTP/2 browsers have six
 * connections to a server, for all tabs together: a stream in each tab would use them up.
 */
const LOOK_MS = 15_000;

/** Everything about notifications is kept under this. */
export const notificationsKey = ['notifications'] as const;

const firstPage: string | null = null;

export const notificationsQuery = infiniteQueryOptions({
  queryKey: [...notificationsKey, 'list'],
  queryFn: ({ signal, pageParam }: { signal: AbortSignal; pageParam: string | null }) =>
    client.get('/v1/notifications', {
      query: { limit: 20, ...(pageParam !== null && { cursor: pageParam }) },
      signal,
    }),
  initialPageParam: firstPage,
  getNextPageParam: ({ next }) => next,
  refetchInterval: LOOK_MS,
});

/** How many were not read yet. */
export const unreadQuery = queryOptions({
  queryKey: [...notificationsKey, 'unread'],
  queryFn: async ({ signal }) => {
    const { unreadCount } = await client.get('/v1/notifications', { query: { limit: 1 }, signal });
    return unreadCount;
  },
  refetchInterval: LOOK_MS,
});

/** The place in the page that a notification is about; null where there is none. */
export function placeOf({ uploadId, links }: Pick<Notification, 'uploadId' | 'links'>): string | null {
  if (uploadId !== null) return `/uploads/${uploadId}`;
  const webhook = links.webhook?.split('/').at(-1);
  return webhook === undefined ? null : `/webhooks/${webhook}`;
}
