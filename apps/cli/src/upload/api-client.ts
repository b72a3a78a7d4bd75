import { basename } from 'node:path';
import type { z } from 'zod';
import {
  acceptedUploadSchema,
  type IssueGroup,
  issueSummarySchema,
  type Upload,
  uploadSchema,
} from './answers.js';
import { readAnswer } from './api-error.js';
import { postFile } from './post-file.js';

/** A file and where it belongs. */
export interface FileToSend {
  readonly path: string;
  /** Name of the campaign; made if there is none of that name. */
  readonly campaign: string;
  /** Name of the platform; without it, it is detected. */
  readonly platform?: string | undefined;
}

/** The part of the HTTP API that the CLI uses. Every call throws ApiError when the API says no. */
export interface ApiClient {
  /** Streams the file and answers the upload's id. `onSent` is told how many bytes are on their way. */
  sendFile(file: FileToSend, onSent: (bytes: number) => void, signal: AbortSignal): Promise<string>;
  readUpload(id: string, signal: AbortSignal): Promise<Upload>;
  readIssueGroups(id: string, signal: AbortSignal): Promise<readonly IssueGroup[]>;
}

/** For calls that answer at once. */
const PATIENCE_MS = 30_000;

/** Talks to the API at `url` with a bearer key. */
export function createApiClient({ url, key }: { readonly url: string; readonly key: string }): ApiClient {
  const base = url.replace(/\/+$/, '');
  const authorization = `Bearer ${key}`;

  async function get<Schema extends z.ZodType>(
    path: string,
    schema: Schema,
    signal: AbortSignal,
  ): Promise<z.infer<Schema>> {
    const patience = AbortSignal.any([signal, AbortSignal.timeout(PATIENCE_MS)]);
    const response = await fetch(`${base}${path}`, { headers: { authorization }, signal: patience });
    const { status, statusText } = response;
    return schema.parse(readAnswer({ status, statusText, text: await response.text() }));
  }

  return {
    async sendFile({ path, campaign, platform }, onSent, signal) {
      const query = new URLSearchParams({ campaign, filename: basename(path) });
      if (platform !== undefined) query.set('platform', platform);
      const url = new URL(`${base}/v1/uploads?${query}`);
      const headers = { authorization, 'content-type': 'text/csv' };
      const answer = await postFile({ url, path, headers, onSent, signal });
      return acceptedUploadSchema.parse(readAnswer(answer)).id;
    },
    readUpload: (id, signal) => get(`/v1/uploads/${id}`, uploadSchema, signal),
    async readIssueGroups(id, signal) {
      const { groups } = await get(`/v1/uploads/${id}/issues/summary`, issueSummarySchema, signal);
      return groups;
    },
  };
}
