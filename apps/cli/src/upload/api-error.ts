import { problemSchema } from './answers.js';

/** An error that the API answered. `code` is stable, the message is for people. */
export class ApiError extends Error {
  override readonly name = 'ApiError';

  constructor(
    readonly status: number,
    readonly code: string,
    message: string,
    /** The line of the file that is to blame, or null. */
    readonly line: number | null,
  ) {
    super(message);
  }
}

/** An HTTP answer with its whole text. */
export interface Answer {
  readonly status: number;
  readonly statusText: string;
  readonly text: string;
}

/** The parsed body of a successful answer. @throws ApiError for any other answer */
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
