import type { Problem, ProblemCode } from '../contract.js';

/** The members of a problem, as far as the server sent them. A proxy may send none. */
export type ProblemBody = Partial<Omit<Problem, 'code'>> & { readonly code?: string };

/** The API answered with an error. */
export class ProblemError extends Error {
  override readonly name = 'ProblemError';
  /** The status of the HTTP answer. */
  readonly status: number;
  /**
   * What programs may rely on. A newer API has codes that this version does not know, and a proxy has none: then it is
   * `http_` and the status.
   */
  readonly code: ProblemCode | (string & {});
  /** What is wrong, and what to do. */
  readonly detail: string;
  /** Names the request in the log of the API; null if the answer was not of the API. */
  readonly requestId: string | null;
  /** After how many seconds to try again, if the API said so. */
  readonly retryAfter: number | null;
  /** The whole problem: the `line` of the file, the wrong `parameters` and so on. */
  readonly problem: ProblemBody;

  constructor(problem: ProblemBody, answer: { readonly status: number; readonly headers: Headers }) {
    const { status, headers } = answer;
    const detail = problem.detail ?? problem.title ?? `The server answered ${status}.`;
    super(detail);
    this.status = status;
    this.code = problem.code ?? `http_${status}`;
    this.detail = detail;
    this.requestId = headers.get('x-request-id') ?? problem.requestId ?? null;
    this.retryAfter = readRetryAfter(headers.get('retry-after'));
    this.problem = problem;
  }
}

/** There was no answer, or it broke off before its end. `cause` is the error of the network. */
export class ConnectionError extends Error {
  override readonly name = 'ConnectionError';
}

/** Makes an error of an answer that is not a success. */
export async function readProblem(response: Response): Promise<ProblemError> {
  return new ProblemError(parseProblem(await response.text()), response);
}

function parseProblem(text: string): ProblemBody {
  try {
    const body: unknown = JSON.parse(text);
    return isProblem(body) ? body : {};
  } catch {
    return {};
  }
}

/** Whether it says what an error says; other members are as the contract has them if the server keeps it. */
function isProblem(body: unknown): body is ProblemBody {
  if (typeof body !== 'object' || body === null) return false;
  return ['code', 'detail', 'title'].every((name) => {
    const member: unknown = Object.getOwnPropertyDescriptor(body, name)?.value;
    return member === undefined || typeof member === 'string';
  });
}

/** Seconds, from a number of seconds or from a date (RFC 9110). */
function readRetryAfter(text: string | null): number | null {
  if (text === null) return null;
  if (/^\d+$/.test(text)) return Number(text);
  const time = Date.parse(text);
  return Number.isNaN(time) ? null : Math.max(0, Math.ceil((time - Date.now()) / 1_000));
}
