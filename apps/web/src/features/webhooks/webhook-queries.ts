import type { Operation, Output, Schemas } from '@pledgeline/client';
import {
  type InfiniteData,
  queryOptions,
  type UseInfiniteQueryResult,
  useInfiniteQuery,
} from '@tanstack/react-query';
import { client } from '../../api/client.js';

export type Webhook = Schemas['Webhook'];
export type Delivery = Schemas['Delivery'];
export type DeliveryPage = Output<Operation<'/v1/webhooks/{id}/deliveries', 'get'>>;

/** What a webhook can be sent. A test comes to every one. */
export const webhookEvents = [
  'upload.completed',
  'upload.failed',
  'upload.canceled',
  'upload.needs_mapping',
  'upload.needs_review',
  'upload.undone',
] as const satisfies readonly Webhook['types'][number][];

/** How often the log looks again while something in it is under way. */
const LOOK_MS = 1_500;

/** Everything about webhooks is kept under this. */
export const webhooksKey = ['webhooks'] as const;

export const webhooksQuery = queryOptions({
  queryKey: [...webhooksKey, 'list'],
  queryFn: async ({ signal }) => {
    const webhooks = [];
    for await (const webhook of client.entries('/v1/webhooks', { signal })) webhooks.push(webhook);
    return webhooks;
  },
});

export const webhookQuery = (id: string) =>
  queryOptions({
    queryKey: [...webhooksKey, id],
    queryFn: ({ signal }) => client.get('/v1/webhooks/{id}', { path: { id }, signal }),
  });

const firstPage: string | null = null;

/** @param status blank: all */
export const useDeliveries = (
  id: string,
  status: Delivery['status'] | '',
): UseInfiniteQueryResult<InfiniteData<DeliveryPage>> =>
  useInfiniteQuery({
    queryKey: [...webhooksKey, id, 'deliveries', status],
    queryFn: ({ signal, pageParam }: { signal: AbortSignal; pageParam: string | null }) =>
      client.get('/v1/webhooks/{id}/deliveries', {
        path: { id },
        query: {
          limit: 20,
          ...(status !== '' && { status }),
          ...(pageParam !== null && { cursor: pageParam }),
        },
        signal,
      }),
    initialPageParam: firstPage,
    getNextPageParam: ({ next }) => next,
    refetchInterval: ({ state }) =>
      state.data?.pages.some(({ deliveries }) => deliveries.some((each) => each.status === 'PENDING')) ===
      true
        ? LOOK_MS
        : false,
  });
