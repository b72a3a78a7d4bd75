import { ConnectionError, ProblemError, type Schemas, type SentUpload } from '@pledgeline/client/node';
import { CliError, exitCodes } from '../cli-error.js';
import { explainProblem } from '../explain-problem.js';
import type { IssueGroup, Notification, Upload } from './answers.js';
import type { Api } from './connect.js';
import { fileSize } from './file-size.js';
import { hintsQuery, type ReadingHints } from './reading-hints.js';

/** The progress of an import. */
export type ImportProgress =
  | { readonly phase: 'sending'; readonly sentBytes: number; readonly totalBytes: number }
  | {
      /** `reviewing`: nothing is written. */
      readonly phase: 'importing' | 'reviewing';
      readonly doneRows: number;
      readonly totalRows: number;
      readonly rejectedRows: number;
      /** 0 to 1; 1 only at the end. */
      readonly share: number;
      /** Null while unknown. */
      readonly rowsPerSecond: number | null;
      /** Null while unknown. */
      readonly secondsLeft: number | null;
    }
  | {
      readonly phase: 'comparing' | 'undoing';
      /** 0 to 1. */
      readonly share: number;
    };

/** What the user says of a file whose columns raise questions, before they are asked. */
export interface Answers {
  /** Takes the suggestion for each column as it stands. */
  readonly accept?: boolean;
  /** The rows are people, who have pledged nothing. */
  readonly people?: boolean;
}

/** A file, and the campaign to import it into. */
export interface FileToSend extends ReadingHints, Answers {
  readonly path: string;
  /** The name of the campaign, which is created if it does not exist. */
  readonly campaign: string;
  /** Imports it though the campaign has an upload of the same content. */
  readonly force?: boolean;
  /** Whether it is the whole campaign, so that pledges that it does not name become GONE. */
  readonly complete?: boolean;
  /** Whether to show first what it would change: then the import waits as `NEEDS_REVIEW`. */
  readonly review?: boolean;
}

/** An import that has ended or waits for answers. */
export interface ImportOutcome {
  readonly upload: Upload;
  readonly issueGroups: readonly IssueGroup[];
  /** Newest first. */
  readonly notifications: readonly Notification[];
  /** Whether the campaign had the content already, as this upload, and nothing was imported again. */
  readonly isDuplicate: boolean;
  /** The questions about the file that were answered by what the user said before. */
  readonly answered: readonly string[];
}

/** Who is told of the progress, and who may stop the watching. */
export interface Watcher {
  readonly onProgress: (progress: ImportProgress) => void;
  /** Called when the API has received the file, before its import has ended. */
  readonly onSent?: (upload: SentUpload) => void;
  readonly signal: AbortSignal;
}

/** How long the API may be unavailable during the import. The import itself goes on meanwhile. */
const ABSENCE_MS = 60_000;

/** Sends a file, watches its import to the end, and reads what the report needs. */
export async function importFile(api: Api, file: FileToSend, watcher: Watcher): Promise<ImportOutcome> {
  const sent = await sendFile(api, file, watcher);
  watcher.onSent?.(sent);
  const { id, duplicateOf } = sent;
  const asked = await watchUpload(api, id, watcher);
  const answered = await answerQuestions(api, asked, file, watcher.signal);
  const upload = answered === null ? asked : await watchUpload(api, id, watcher);
  const outcome = await readOutcome(api, upload, watcher.signal);
  return { ...outcome, isDuplicate: duplicateOf !== undefined, answered: answered ?? [] };
}

/** Watches an import to its end, and shows what was said of it before. */
export async function followImport(api: Api, id: string, watcher: Watcher): Promise<ImportOutcome> {
  return readOutcome(api, await watchUpload(api, id, watcher), watcher.signal);
}

/** Reads what the report of an upload needs. */
export async function readOutcome(api: Api, upload: Upload, signal: AbortSignal): Promise<ImportOutcome> {
  const { id } = upload;
  const [{ groups }, { notifications }] = await Promise.all([
    api.get('/v1/uploads/{id}/issues/summary', { path: { id }, signal }),
    api.get('/v1/notifications', { query: { upload: id }, signal }),
  ]);
  return { upload, issueGroups: groups, notifications, isDuplicate: false, answered: [] };
}

async function sendFile(api: Api, file: FileToSend, { onProgress, signal }: Watcher): Promise<SentUpload> {
  const { path, campaign, force, complete, review } = file;
  const totalBytes = await fileSize(path);
  try {
    return await api.uploadFile(
      { path },
      {
        campaign,
        ...hintsQuery(file),
        ...(force === true && { force: 'true' }),
        ...(complete === true && { complete: 'true' }),
        ...(review === true && { review: 'true' }),
        onProgress: ({ sentBytes }) => onProgress({ phase: 'sending', sentBytes, totalBytes }),
        signal,
      },
    );
  } catch (error) {
    signal.throwIfAborted();
    throw error instanceof ProblemError ? explainProblem(error, 'The file was refused') : error;
  }
}

/** Waits until an upload has ended, or waits for a person. @throws CliError when the API is away for long */
export async function watchUpload(
  api: Api,
  id: string,
  { onProgress, signal }: Watcher,
): Promise<Schemas['Upload']> {
  try {
    return await api.waitForUpload(id, {
      onProgress: ({ review, rows, progress }) =>
        onProgress({
          phase: review ? 'reviewing' : 'importing',
          doneRows: progress.rowsDone,
          totalRows: progress.rowsTotal ?? rows.total,
          rejectedRows: rows.rejected,
          share: progress.percent / 100,
          rowsPerSecond: progress.rowsPerSecond,
          secondsLeft: progress.secondsLeft,
        }),
      patienceMs: ABSENCE_MS,
      signal,
    });
  } catch (cause) {
    signal.throwIfAborted();
    if (!(cause instanceof ConnectionError)) throw cause;
    throw new CliError(`The API has been away for ${ABSENCE_MS / 1_000} seconds.`, {
      hint: `The upload goes on without us. Ask later: pnpm cli uploads ${id}`,
      exitCode: exitCodes.unreachable,
      cause,
    });
  }
}

/** Answers what an upload waits for, and returns the questions; null when it does not wait or the user has said nothing. */
async function answerQuestions(
  api: Api,
  { id, status, files }: Upload,
  { accept, people }: FileToSend,
  signal: AbortSignal,
): Promise<readonly string[] | null> {
  if (status !== 'NEEDS_MAPPING' || !(accept === true || people === true)) return null;
  const answer = people === true ? ({ people } as const) : ({ accept: true } as const);
  try {
    // Said of each file, because the columns of several files may differ.
    const answers: ({ file: number } & typeof answer)[] = [];
    for await (const { file } of api.entries('/v1/uploads/{id}/mapping', { path: { id }, signal })) {
      answers.push({ file, ...answer });
    }
    await api.put('/v1/uploads/{id}/mapping', { path: { id }, body: { files: answers }, signal });
  } catch (error) {
    if (!(error instanceof ProblemError)) throw error;
    throw explainProblem(error, 'The suggestion cannot be accepted', {
      hint: `See what is suggested, and say what the columns are: GET and PUT /v1/uploads/${id}/mapping`,
    });
  }
  return [...new Set(files.flatMap(({ questions }) => questions.map(({ message }) => message)))];
}
