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

/** What a response that is not a success says. */
export async function toApiError(response: Response): Promise<ApiError> {
  const text = await response.text().catch(() => '');
  const parsed = problemSchema.safeParse(jsonOrNull(text));
  const { code, detail, title, line } = parsed.success ? parsed.data : {};
  const message = detail ?? title ?? `The server answered ${response.status} ${response.statusText}.`;
  return new ApiError(response.status, code ?? `http_${response.status}`, message, line ?? null);
}

function jsonOrNull(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}
