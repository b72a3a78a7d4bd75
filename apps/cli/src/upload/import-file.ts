import { CliError } from '../cli-error.js';
import { pause } from '../stack/pause.js';
import type { IssueGroup, Notification, Upload } from './answers.js';
import type { ApiClient, FileToSend, SentFile } from './api-client.js';
import { ApiError } from './api-error.js';
import { fileSize } from './file-size.js';
import { SendingError } from './post-file.js';

/** The progress of an import. */
export type ImportProgress =
  | { readonly phase: 'sending'; readonly sentBytes: number; readonly totalBytes: number }
  | {
      readonly phase: 'importing';
      readonly doneRows: number;
      readonly totalRows: number;
      readonly rejectedRows: number;
      /** Seconds since the file has arrived. */
      readonly seconds: number;
    };

/** A finished import, however it ended. */
export interface ImportOutcome {
  readonly upload: Upload;
  /** Whether the campaign had the content already, as this upload, and nothing was imported again. */
  readonly isDuplicate: boolean;
  readonly issueGroups: readonly IssueGroup[];
  /** Newest first. */
  readonly notifications: readonly Notification[];
  /** The questions about the file that were answered by what the user said before. */
  readonly answered: readonly string[];
}

const POLL_MS = 250;
/** How long the API may be unavailable during the import. The import itself goes on meanwhile. */
const ABSENCE_MS = 60_000;

/** Sends a file, watches its import to the end, and reads what the report needs. */
export async function importFile(
  api: ApiClient,
  file: FileToSend,
  onProgress: (progress: ImportProgress) => void,
  signal: AbortSignal,
): Promise<ImportOutcome> {
  const { id, isDuplicate } = await sendFile(api, file, onProgress, signal);
  const asked = await watchUpload(api, id, onProgress, signal);
  const answered = await answerQuestions(api, asked, file, signal);
  const upload = answered === null ? asked : await watchUpload(api, id, onProgress, signal);
  const [issueGroups, notifications] = await Promise.all([
    api.readIssueGroups(id, signal),
    api.readNotifications(id, signal),
  ]);
  return { upload, isDuplicate, issueGroups, notifications, answered: answered ?? [] };
}

/** Answers what an upload waits for, and returns the questions; null when it does not wait or the user has said nothing. */
async function answerQuestions(
  api: ApiClient,
  { id, status, files }: Upload,
  { accept, people }: FileToSend,
  signal: AbortSignal,
): Promise<readonly string[] | null> {
  if (status !== 'NEEDS_MAPPING' || !(accept === true || people === true)) return null;
  try {
    await api.answerQuestions(id, { accept, people }, signal);
  } catch (error) {
    if (!(error instanceof ApiError)) throw error;
    throw new CliError(`The suggestion cannot be accepted: ${error.code}. ${error.message}`, {
      cause: error,
      hint: `See what is suggested, and say what the columns are: GET and PUT /v1/uploads/${id}/mapping`,
    });
  }
  return [...new Set(files.flatMap(({ questions }) => questions.map(({ message }) => message)))];
}

async function sendFile(
  api: ApiClient,
  file: FileToSend,
  onProgress: (progress: ImportProgress) => void,
  signal: AbortSignal,
): Promise<SentFile> {
  const totalBytes = await fileSize(file.path);
  const onSent = (sentBytes: number): void => onProgress({ phase: 'sending', sentBytes, totalBytes });
  try {
    return await api.sendFile(file, onSent, signal);
  } catch (error) {
    signal.throwIfAborted();
    throw explainSending(error);
  }
}

function explainSending(error: unknown): unknown {
  if (error instanceof ApiError) {
    const where = error.line === null ? '' : ` (line ${error.line})`;
    const hint = error.status === 401 ? 'Give a valid key with --key or PLEDGELINE_KEY.' : undefined;
    return new CliError(`The file was refused: ${error.code}${where}. ${error.message}`, {
      cause: error,
      hint,
    });
  }
  if (error instanceof SendingError) {
    return new CliError(`The connection to the API failed while the file was sent: ${error.message}`, {
      cause: error,
      hint: 'Check that the API is running and that --url (or PLEDGELINE_URL) is its address.',
    });
  }
  return error;
}

async function watchUpload(
  api: ApiClient,
  id: string,
  onProgress: (progress: ImportProgress) => void,
  signal: AbortSignal,
): Promise<Upload> {
  const begin = performance.now();
  let seenAt = begin;
  for (;;) {
    const upload = await readUnlessAway(api, id, signal);
    const now = performance.now();
    if (upload !== null) {
      seenAt = now;
      onProgress(progressOf(upload, (now - begin) / 1_000));
      if (isFinal(upload)) return upload;
    } else if (now - seenAt > ABSENCE_MS) {
      throw new CliError(`The API has been away for ${ABSENCE_MS / 1_000} seconds.`, {
        hint: `The import goes on without us. Ask later: GET /v1/uploads/${id}`,
      });
    }
    await pause(POLL_MS, signal);
  }
}

/** Reads the upload, or returns null when the API is unavailable for the moment. */
async function readUnlessAway(api: ApiClient, id: string, signal: AbortSignal): Promise<Upload | null> {
  try {
    return await api.readUpload(id, signal);
  } catch (error) {
    signal.throwIfAborted();
    const isAway =
      error instanceof ApiError
        ? error.status >= 500 || error.status === 429
        : // fetch throws a TypeError when the network is to blame.
          error instanceof TypeError || (error instanceof Error && error.name === 'TimeoutError');
    if (isAway) return null;
    throw error;
  }
}

function progressOf({ rows }: Upload, seconds: number): ImportProgress {
  return {
    phase: 'importing',
    doneRows: rows.imported + rows.rejected + rows.leftOut,
    totalRows: rows.total,
    rejectedRows: rows.rejected,
    seconds,
  };
}

function isFinal({ status }: Upload): boolean {
  return status !== 'PENDING' && status !== 'PROCESSING';
}
