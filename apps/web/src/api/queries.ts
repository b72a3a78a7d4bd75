import type { Operation, Output } from '@pledgeline/client';
import { infiniteQueryOptions, queryOptions } from '@tanstack/react-query';
import { client } from './client.js';

/** What the page asks the API for, each with the key under which the answer is kept. */
export const uploadQuery = (id: string) =>
  queryOptions({
    queryKey: ['upload', id],
    queryFn: ({ signal }) => client.get('/v1/uploads/{id}', { path: { id }, signal }),
  });

/** One page of the list of uploads. */
export type UploadPage = Output<Operation<'/v1/uploads', 'get'>>;

/** Null: the first page. */
const firstPage: string | null = null;

export const uploadsQuery = infiniteQueryOptions({
  queryKey: ['uploads'],
  queryFn: ({ signal, pageParam }: { signal: AbortSignal; pageParam: string | null }) =>
    client.get('/v1/uploads', {
      query: { limit: 20, ...(pageParam !== null && { cursor: pageParam }) },
      signal,
    }),
  initialPageParam: firstPage,
  getNextPageParam: ({ next }) => next,
});

export const issueGroupsQuery = (id: string) =>
  queryOptions({
    queryKey: ['upload', id, 'issues'],
    queryFn: ({ signal }) => client.get('/v1/uploads/{id}/issues/summary', { path: { id }, signal }),
  });

export const uploadFilesQuery = (id: string) =>
  queryOptions({
    queryKey: ['upload', id, 'files'],
    queryFn: async ({ signal }) => {
      const files = [];
      for await (const file of client.entries('/v1/uploads/{id}/files', { path: { id }, signal })) {
        files.push(file);
      }
      return files;
    },
  });

export const campaignsQuery = queryOptions({
  queryKey: ['campaigns'],
  queryFn: async ({ signal }) => {
    const campaigns = [];
    for await (const campaign of client.entries('/v1/campaigns', { signal })) campaigns.push(campaign);
    return campaigns;
  },
});

/** The saved mappings. */
export const templatesQuery = queryOptions({
  queryKey: ['mapping-templates'],
  queryFn: async ({ signal }) => {
    const templates = [];
    for await (const template of client.entries('/v1/mapping-templates', { signal }))
      templates.push(template);
    return templates;
  },
});

export const campaignQuery = (id: string) =>
  queryOptions({
    queryKey: ['campaign', id],
    queryFn: ({ signal }) => client.get('/v1/campaigns/{id}', { path: { id }, signal }),
  });

export const summaryQuery = (id: string) =>
  queryOptions({
    queryKey: ['campaign', id, 'summary'],
    queryFn: ({ signal }) =>
      client.get('/v1/campaigns/{id}/summary', {
        path: { id },
        query: { timeZone: Intl.DateTimeFormat().resolvedOptions().timeZone },
        signal,
      }),
  });

export const mappingQuery = (id: string) =>
  queryOptions({
    queryKey: ['upload', id, 'mapping'],
    queryFn: async ({ signal }) => {
      const files = [];
      for await (const file of client.entries('/v1/uploads/{id}/mapping', { path: { id }, signal })) {
        files.push(file);
      }
      return files;
    },
    // What a person is filling in must not change below their hands.
    staleTime: Number.POSITIVE_INFINITY,
  });
