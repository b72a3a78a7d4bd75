import { problemSchema } from './answers.js';

/** The API said no. `code` is stable, the message is for people. */
export class ApiError extends Error {
  override readonly name = 'ApiError';

  constructor(
    readonly status: number,
    readonly code: string,
    message: string,
    /** Line of the file that is to blame, if one is. */
    readonly line: number | null,
  ) {
    super(message);
  }
}

/** What came back, read whole. */
export interface Answer {
  readonly status: number;
  readonly statusText: string;
  readonly text: string;
}

/** The body of an answer that is a success. @throws ApiError for any other */
export function readAnswer({ status, statusText, text }: Answer): unknown {
  const body = jsonOrNull(text);
  if (status >= 200 && status < 300) return body;
  const parsed = problemSchema.safeParse(body);
  const { code, detail, title, line } = parsed.success ? parsed.data : {};
  const message = detail ?? title ?? `The server answered ${status} ${statusText}.`;
  throw new ApiError(status, code ?? `http_${status}`, message, line ?? null);
}

function jsonOrNull(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}
