import type { ProblemError } from '@pledgeline/client/node';
import { CliError, exitCodes } from './cli-error.js';

/**
 * Makes an error for the user of what the API answered: what went wrong, the code, the words of the API, and what to do.
 *
 * @param what such as `The file was refused`
 * @param options.hint what to do, if the caller knows it better than the code says
 */
export function explainProblem(
  error: ProblemError,
  what = 'The API refused this',
  { hint = hintFor(error) }: { readonly hint?: string | undefined } = {},
): CliError {
  const { line } = error.problem;
  const where = typeof line === 'number' ? ` (line ${line})` : '';
  const request = error.requestId === null ? '' : `Request ${error.requestId}`;
  return new CliError(`${what}: ${error.code}${where}. ${error.detail}`, {
    hint,
    details: request === '' ? undefined : `${request}, status ${error.status}.`,
    exitCode: error.status === 502 || error.status === 503 ? exitCodes.unreachable : exitCodes.failed,
    cause: error,
  });
}

function hintFor({ status, problem, retryAfter }: ProblemError): string | undefined {
  if (status === 401) return 'Give a valid key with PLEDGELINE_KEY or --key.';
  if (status === 403 && problem.neededScope !== undefined) {
    return `Use a key of the scope ${problem.neededScope}: \`pnpm cli keys create --scope ${problem.neededScope}\` makes one.`;
  }
  if (retryAfter !== null) return `Try again in ${retryAfter} seconds.`;
  const files = problem.files ?? [];
  return files.length === 0
    ? undefined
    : files
        .map(
          ({ file, name, sheet, rejected }) =>
            `--file ${file}: ${name ?? sheet ?? 'no name'}, ${rejected} rejected rows`,
        )
        .join('\n');
}
