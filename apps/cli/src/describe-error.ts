import { ConnectionError, ProblemError } from '@pledgeline/client/node';
import { MigrationError } from '@pledgeline/db';
import { LocalServiceError } from '@pledgeline/local-services';
import { CommanderError } from 'commander';
import { CliError, exitCodes, InterruptedError } from './cli-error.js';
import { explainProblem } from './explain-problem.js';

/** Describes an error for the user: a short message, what to do, and where it comes from only on request. */
export function describeError(thrown: unknown, { verbose }: { readonly verbose: boolean }): string {
  const error = explain(thrown);
  const lines = [messageOf(error)];
  if (error instanceof CliError && error.hint !== null) lines.push(error.hint);
  if (verbose && error instanceof CliError && error.details !== null) lines.push(error.details);
  if (verbose && error instanceof Error) lines.push('', stackOf(error));
  return lines.join('\n');
}

/** The exit code that an error ends the process with. */
export function exitCodeOf(thrown: unknown): number {
  if (thrown instanceof InterruptedError) return thrown.exitCode;
  // Commander throws for help and version as well, with exit code 0.
  if (thrown instanceof CommanderError) return thrown.exitCode === 0 ? exitCodes.done : exitCodes.usage;
  const error = explain(thrown);
  return error instanceof CliError ? error.exitCode : exitCodes.failed;
}

/** Makes an error for the user of what the client and the database throw. */
function explain(error: unknown): unknown {
  if (error instanceof ProblemError) return explainProblem(error);
  if (error instanceof ConnectionError) {
    return new CliError(error.message, {
      hint: 'Is it running, and is --url (or PLEDGELINE_URL) its address?',
      exitCode: exitCodes.unreachable,
      cause: error,
    });
  }
  const code = networkCode(error);
  if (code === null || error instanceof CliError) return error;
  return new CliError(`The server does not answer: ${code}.`, {
    hint: 'Is it running, and does DATABASE_URL name it?',
    exitCode: exitCodes.unreachable,
    cause: error,
  });
}

const networkCodes = ['ECONNREFUSED', 'ECONNRESET', 'EHOSTUNREACH', 'ENOTFOUND', 'ETIMEDOUT'];

/** The code of a network that fails, of the error or of what caused it; null for any other error. */
function networkCode(error: unknown): string | null {
  if (!(error instanceof Error)) return null;
  const code: unknown = Object.getOwnPropertyDescriptor(error, 'code')?.value;
  return networkCodes.find((known) => known === code) ?? networkCode(error.cause);
}

function messageOf(error: unknown): string {
  const isForUsers =
    error instanceof CliError ||
    error instanceof InterruptedError ||
    error instanceof LocalServiceError ||
    error instanceof MigrationError;
  if (isForUsers) return error.message;
  const message = error instanceof Error ? `${error.message}${causeOf(error)}` : String(error);
  return `Something went wrong: ${message}\nRun it again with --verbose to see where.`;
}

/** The message of an error's cause: `fetch failed` alone does not help. */
function causeOf({ cause }: Error): string {
  return cause instanceof Error && cause.message !== '' ? ` (${cause.message})` : '';
}

function stackOf(error: Error): string {
  const own = error.stack ?? error.message;
  return error.cause instanceof Error ? `${own}\nCaused by: ${stackOf(error.cause)}` : own;
}
