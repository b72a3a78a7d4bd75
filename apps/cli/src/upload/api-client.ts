import { createReadStream } from 'node:fs';
import { basename } from 'node:path';
import type { z } from 'zod';
import {
  acceptedUploadSchema,
  type IssueGroup,
  issueSummarySchema,
  type Upload,
  uploadSchema,
} from './answers.js';
import { toApiError } from './api-error.js';

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
    if (!response.ok) throw await toApiError(response);
    return schema.parse(await response.json());
  }

  return {
    async sendFile({ path, campaign, platform }, onSent, signal) {
      const query = new URLSearchParams({ campaign, filename: basename(path) });
      if (platform !== undefined) query.set('platform', platform);
      const response = await fetch(`${base}/v1/uploads?${query}`, {
        method: 'POST',
        headers: { authorization, 'content-type': 'text/csv' },
        body: readCounting(path, onSent),
        duplex: 'half',
        signal,
      });
      if (!response.ok) throw await toApiError(response);
      const accepted = acceptedUploadSchema.parse(await response.json());
      return accepted.id;
    },
    readUpload: (id, signal) => get(`/v1/uploads/${id}`, uploadSchema, signal),
    async readIssueGroups(id, signal) {
      const { groups } = await get(`/v1/uploads/${id}/issues/summary`, issueSummarySchema, signal);
      return groups;
    },
  };
}

/** The file in pieces, read no faster than they are sent. */
async function* readCounting(path: string, onSent: (bytes: number) => void): AsyncGenerator<Uint8Array> {
  let sent = 0;
  const pieces: AsyncIterable<Buffer> = createReadStream(path);
  for await (const piece of pieces) {
    yield piece;
    sent += piece.length;
    onSent(sent);
  }
}
