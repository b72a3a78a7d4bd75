import { basename } from 'node:path';
import type { DateOrder } from '@pledgeline/csv-core';
import type { z } from 'zod';
import {
  acceptedUploadSchema,
  type IssueGroup,
  issueSummarySchema,
  type Notification,
  notificationsSchema,
  type Upload,
  unknownFilesSchema,
  uploadSchema,
} from './answers.js';
import { ApiError, readAnswer } from './api-error.js';
import { postFile } from './post-file.js';

/** How to read a file, as far as the user knows. The API finds out the rest. */
export interface ReadingHints {
  /** Name of the platform. */
  readonly platform?: string | undefined;
  /** A label of the WHATWG Encoding Standard. */
  readonly encoding?: string | undefined;
  /** One character. */
  readonly delimiter?: string | undefined;
  /** The sheet of a workbook: its name, or its number from 1. */
  readonly sheet?: string | undefined;
  /** Whether `03/04/2024` begins with the day or with the month. */
  readonly dateOrder?: DateOrder | undefined;
  /** Whether damage that other programs did is repaired. Default true. */
  readonly repair?: boolean | undefined;
  /** The line of the header row, from 1. */
  readonly headerLine?: number | undefined;
}

/** What the user says of a file whose columns raise questions, before they are asked. */
export interface Answers {
  /** Takes the suggestion for each column as it stands. */
  readonly accept?: boolean | undefined;
  /** The rows are people, who have pledged nothing. */
  readonly people?: boolean | undefined;
}

/** A file, and the campaign to import it into. */
export interface FileToSend extends ReadingHints, Answers {
  readonly path: string;
  /** The name of the campaign, which is created if it does not exist. */
  readonly campaign: string;
  /** Imports it though the campaign has an upload of the same content. */
  readonly force?: boolean | undefined;
}

/** What became of a file that was sent. */
export interface SentFile {
  /** The upload to watch. */
  readonly id: string;
  /** Whether it is one of the same content that was there before, so that nothing is imported again. */
  readonly isDuplicate: boolean;
}

/** The part of the HTTP API that the CLI uses. Every call throws ApiError when the answer is an error. */
export interface ApiClient {
  /** Streams the file. `onSent` is called with the number of bytes sent so far. */
  sendFile(file: FileToSend, onSent: (bytes: number) => void, signal: AbortSignal): Promise<SentFile>;
  readUpload(id: string, signal: AbortSignal): Promise<Upload>;
  /** Answers the questions about each file of an upload that waits for a mapping. */
  answerQuestions(id: string, answers: Answers, signal: AbortSignal): Promise<void>;
  readIssueGroups(id: string, signal: AbortSignal): Promise<readonly IssueGroup[]>;
  /** The notifications about an upload, newest first; none from an API without notifications. */
  readNotifications(id: string, signal: AbortSignal): Promise<readonly Notification[]>;
}

/** The timeout of all calls but the sending of a file. */
const PATIENCE_MS = 30_000;

/** An API, and a bearer key for it. */
export interface ApiAddress {
  readonly url: string;
  readonly key: string;
}

/** Creates a client for an API. */
export function createApiClient({ url, key }: ApiAddress): ApiClient {
  const base = url.replace(/\/+$/, '');
  const authorization = `Bearer ${key}`;

  async function call(path: string, request: RequestInit, signal: AbortSignal): Promise<unknown> {
    const patience = AbortSignal.any([signal, AbortSignal.timeout(PATIENCE_MS)]);
    const headers = {
      authorization,
      ...(request.body !== undefined && { 'content-type': 'application/json' }),
    };
    const response = await fetch(`${base}${path}`, { ...request, headers, signal: patience });
    const { status, statusText } = response;
    return readAnswer({ status, statusText, text: await response.text() });
  }

  async function get<Schema extends z.ZodType>(
    path: string,
    schema: Schema,
    signal: AbortSignal,
  ): Promise<z.infer<Schema>> {
    return schema.parse(await call(path, {}, signal));
  }

  return {
    async sendFile(file, onSent, signal) {
      const { path } = file;
      const url = new URL(`${base}/v1/uploads?${uploadQuery(file)}`);
      // The API decides by the bytes whether the file is CSV or a workbook.
      const headers = { authorization, 'content-type': 'application/octet-stream' };
      const answer = await postFile({ url, path, headers, onSent, signal });
      const { id, duplicateOf } = acceptedUploadSchema.parse(readAnswer(answer));
      return { id, isDuplicate: duplicateOf !== undefined };
    },
    readUpload: (id, signal) => get(`/v1/uploads/${id}`, uploadSchema, signal),
    async answerQuestions(id, { people }, signal) {
      const path = `/v1/uploads/${id}/mapping`;
      const waiting = await get(path, unknownFilesSchema, signal);
      const answer = people === true ? { people } : { accept: true };
      // Said of each file, because the columns of several files may differ.
      const files = waiting.files.map(({ file }) => ({ file, ...answer }));
      await call(path, { method: 'PUT', body: JSON.stringify({ files }) }, signal);
    },
    async readIssueGroups(id, signal) {
      const { groups } = await get(`/v1/uploads/${id}/issues/summary`, issueSummarySchema, signal);
      return groups;
    },
    async readNotifications(id, signal) {
      try {
        const { notifications } = await get(`/v1/notifications?upload=${id}`, notificationsSchema, signal);
        return notifications;
      } catch (error) {
        if (error instanceof ApiError && error.status === 404) return [];
        throw error;
      }
    },
  };
}

function uploadQuery({
  path,
  campaign,
  platform,
  encoding,
  delimiter,
  sheet,
  dateOrder,
  repair,
  headerLine,
  force,
}: FileToSend) {
  const query = new URLSearchParams({ campaign, filename: basename(path) });
  const hints = {
    platform,
    encoding,
    delimiter,
    sheet,
    dateOrder,
    repair: repair === false ? 'false' : undefined,
    headerLine: headerLine === undefined ? undefined : String(headerLine),
    force: force === true ? 'true' : undefined,
  };
  for (const [name, hint] of Object.entries(hints)) if (hint !== undefined) query.set(name, hint);
  return query;
}
