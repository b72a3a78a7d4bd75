import type { Env } from '../env.js';
import { type Style, styleFor } from '../report/style.js';

/** Where text goes: a terminal, a pipe or a file. */
export type Output = NodeJS.WritableStream & { readonly isTTY?: boolean; readonly columns?: number };

/** Where answers come from. */
export type Input = NodeJS.ReadableStream & { readonly isTTY?: boolean };

/** The outside world, as every command gets it from `main.ts`. */
export interface CommandContext {
  readonly env: Env;
  /** Aborted with an InterruptedError by Ctrl-C and other signals to stop. */
  readonly signal: AbortSignal;
  /** For the answers of a person. */
  readonly stdin: Input;
  /** For the result alone. */
  readonly stdout: Output;
  readonly stderr: Output;
}

/** How text for stdout is to look. */
export function stdoutStyle({ stdout, env }: CommandContext): Style {
  return styleFor(stdout, { noColor: env.NO_COLOR !== undefined });
}

/** Writes one JSON document in a line: alone, or as one of several (NDJSON). */
export function writeJson({ stdout }: CommandContext, value: unknown): void {
  stdout.write(`${JSON.stringify(value)}\n`);
}
