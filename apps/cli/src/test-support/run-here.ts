import { PassThrough } from 'node:stream';
import { text } from 'node:stream/consumers';
import type { Input } from '../commands/context.js';
import { run } from '../run.js';

/** What a command has written, and the exit code. */
export interface Ran {
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
}

/** Runs a command in this process, which is cheaper than a process of its own, with nothing but this environment. */
export async function runHere(
  args: readonly string[],
  environment: NodeJS.ProcessEnv = {},
  signal: AbortSignal = new AbortController().signal,
): Promise<Ran> {
  const stdin = new PassThrough();
  stdin.end();
  return runWith(args, environment, { stdin, stderr: new PassThrough(), signal });
}

/** Runs a command on a terminal, on which these answers are given, one to each question; then its input ends. */
export async function runAtTerminal(
  args: readonly string[],
  environment: NodeJS.ProcessEnv,
  answers: readonly (() => string | Promise<string>)[],
): Promise<Ran> {
  const stdin = Object.assign(new PassThrough(), { isTTY: true });
  const stderr = Object.assign(new PassThrough(), { isTTY: true, columns: 100 });
  const left = [...answers];
  stderr.on('data', (chunk: Buffer) => {
    if (!chunk.toString().endsWith('[y/N] ')) return;
    const next = left.shift();
    if (next === undefined) stdin.end();
    else void Promise.resolve(next()).then((answer) => stdin.write(`${answer}\n`));
  });
  return runWith(args, environment, { stdin, stderr, signal: new AbortController().signal });
}

async function runWith(
  args: readonly string[],
  environment: NodeJS.ProcessEnv,
  { stdin, stderr, signal }: { stdin: Input; stderr: PassThrough; signal: AbortSignal },
): Promise<Ran> {
  const stdout = new PassThrough();
  const written = Promise.all([text(stdout), text(stderr)]);
  const code = await run(args, { environment, signal, stdin, stdout, stderr });
  stdout.end();
  stderr.end();
  const [out, err] = await written;
  return { code, stdout: out, stderr: err };
}
