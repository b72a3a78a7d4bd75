import { MigrationError } from '@pledgeline/db';
import { LocalServiceError } from '@pledgeline/local-services';
import { z } from 'zod';
import { CliError, InterruptedError } from './cli-error.js';

/** Describes an error for the user: a short message, what to do, and the stack only on request. */
export function describeError(error: unknown, { withStack }: { readonly withStack: boolean }): string {
  const stack = withStack && error instanceof Error ? `\n\n${stackOf(error)}` : '';
  return `${messageOf(error)}${stack}`;
}

function messageOf(error: unknown): string {
  if (error instanceof CliError)
    return error.hint === null ? error.message : `${error.message}\n${error.hint}`;
  if (
    error instanceof InterruptedError ||
    error instanceof LocalServiceError ||
    error instanceof MigrationError
  ) {
    return error.message;
  }
  if (error instanceof z.ZodError) {
    return `The API gave an answer that this version does not understand.\n${z.prettifyError(error)}`;
  }
  const message = error instanceof Error ? `${error.message}${causeOf(error)}` : String(error);
  return `Something went wrong: ${message}\nRun it again with DEBUG=1 to see where.`;
}

/** The message of an error's cause: `fetch failed` alone does not help. */
function causeOf({ cause }: Error): string {
  return cause instanceof Error && cause.message !== '' ? ` (${cause.message})` : '';
}

function stackOf(error: Error): string {
  const own = error.stack ?? error.message;
  return error.cause instanceof Error ? `${own}\nCaused by: ${stackOf(error.cause)}` : own;
}
