import type { Operation, Output } from '@pledgeline/client';
import { type InfiniteData, type UseInfiniteQueryResult, useInfiniteQuery } from '@tanstack/react-query';
import { client } from '../../api/client.js';

export type PledgePage = Output<Operation<'/v1/pledges', 'get'>>;
export type BackerPage = Output<Operation<'/v1/backers', 'get'>>;
export type ProductPage = Output<Operation<'/v1/products', 'get'>>;
export type SurveyPage = Output<Operation<'/v1/surveys', 'get'>>;
export type InventoryPage = Output<Operation<'/v1/inventory', 'get'>>;

/** Which records of a campaign are listed. Blank: all. */
export interface RecordFilter {
  readonly campaign: string;
  readonly q: string;
  /** Of pledges: their payment status. */
  readonly status: string;
  /** Of stock: only what is short. */
  readonly isShort: boolean;
}

/** What the API is asked, for a page and for a download alike. */
export function queryOf({ campaign, q, status, isShort }: RecordFilter) {
  return {
    campaign,
    ...(q !== '' && { q }),
    ...(status !== '' && { status }),
    ...(isShort && { short: 'true' as const }),
  };
}

const PAGE = 200;

/** Counted once: a count takes the longer the more there are. */
const pageOf = (cursor: string | null) =>
  cursor === null ? { limit: PAGE, total: 'true' as const } : { limit: PAGE, cursor };

type Pages<P> = UseInfiniteQueryResult<InfiniteData<P>>;
interface Turn {
  readonly pageParam: string | null;
  readonly signal: AbortSignal;
}
const first: string | null = null;
const nextOf = ({ next }: { readonly next: string | null }): string | null => next;
/** What was found stays in sight until something else is. */
const keep = <T>(before: T): T => before;

export const usePledges = (filter: RecordFilter): Pages<PledgePage> =>
  useInfiniteQuery({
    queryKey: ['campaign', filter.campaign, 'pledges', filter],
    queryFn: ({ pageParam, signal }: Turn) =>
      client.get('/v1/pledges', {
        query: { ...queryOf(filter), ...pageOf(pageParam), expand: 'backer' },
        signal,
      }),
    initialPageParam: first,
    getNextPageParam: nextOf,
    placeholderData: keep,
  });

export const useBackers = (filter: RecordFilter): Pages<BackerPage> =>
  useInfiniteQuery({
    queryKey: ['campaign', filter.campaign, 'backers', filter],
    queryFn: ({ pageParam, signal }: Turn) =>
      client.get('/v1/backers', { query: { ...queryOf(filter), ...pageOf(pageParam) }, signal }),
    initialPageParam: first,
    getNextPageParam: nextOf,
    placeholderData: keep,
  });

export const useProducts = (filter: RecordFilter): Pages<ProductPage> =>
  useInfiniteQuery({
    queryKey: ['campaign', filter.campaign, 'products', filter],
    queryFn: ({ pageParam, signal }: Turn) =>
      client.get('/v1/products', { query: { ...queryOf(filter), ...pageOf(pageParam) }, signal }),
    initialPageParam: first,
    getNextPageParam: nextOf,
    placeholderData: keep,
  });

export const useSurveys = (filter: RecordFilter): Pages<SurveyPage> =>
  useInfiniteQuery({
    queryKey: ['campaign', filter.campaign, 'surveys', filter],
    queryFn: ({ pageParam, signal }: Turn) =>
      client.get('/v1/surveys', {
        query: { ...queryOf(filter), ...pageOf(pageParam), expand: 'pledge' },
        signal,
      }),
    initialPageParam: first,
    getNextPageParam: nextOf,
    placeholderData: keep,
  });

/** The stock of a campaign is kept under this, however it is filtered. */
export const inventoryKey = (campaign: string) => ['campaign', campaign, 'inventory'] as const;

export const useInventory = (filter: RecordFilter): Pages<InventoryPage> =>
  useInfiniteQuery({
    queryKey: [...inventoryKey(filter.campaign), filter],
    queryFn: ({ pageParam, signal }: Turn) =>
      client.get('/v1/inventory', { query: { ...queryOf(filter), ...pageOf(pageParam) }, signal }),
    initialPageParam: first,
    getNextPageParam: nextOf,
    placeholderData: keep,
  });
