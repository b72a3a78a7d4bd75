import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { createInterface } from 'node:readline';
import type { Readable } from 'node:stream';
import { guardProcess, unguardProcess } from '@pledgeline/local-services';
import { CliError } from '../cli-error.js';
import { readableLogLine } from './log-line.js';

export interface ServiceOptions {
  readonly name: string;
  /** The built program. */
  readonly program: string;
  readonly environment: NodeJS.ProcessEnv;
  /** Told every line that the service writes. */
  readonly onLine: (line: string) => void;
  /** Told why, when the service ends without having been asked to. */
  readonly onDeath: (error: CliError) => void;
}

/** A process of ours: the API or a worker. */
export interface Service {
  readonly pid: number;
  /** Asks it to end in good order (SIGTERM), and insists (SIGKILL) when it does not. */
  stop(): Promise<void>;
}

const TAIL_LINES = 20;
/** More than the worker's own `GRACE_MS`, as the stack sets it, so that a service that keeps its word is never killed. */
const PATIENCE_MS = 10_000;

/** Starts a service that ends with this process, however this process ends. */
export function startService({ name, program, environment, onLine, onDeath }: ServiceOptions): Service {
  if (!existsSync(program)) {
    throw new CliError(`The ${name} is not built.`, { hint: 'Run `pnpm build` and try again.' });
  }
  // A session of its own: Ctrl-C reaches only us, and we end everything in order.
  const child = spawn(process.execPath, ['--enable-source-maps', program], {
    env: environment,
    detached: true,
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const { pid } = child;
  if (pid !== undefined) guardProcess(pid);

  const tail: string[] = [];
  const listen = (stream: Readable): void => {
    createInterface({ input: stream }).on('line', (line) => {
      tail.push(line);
      if (tail.length > TAIL_LINES) tail.shift();
      onLine(line);
    });
  };
  listen(child.stdout);
  listen(child.stderr);

  let isWanted = true;
  const ended = new Promise<void>((resolve) => {
    child.once('error', (cause) => {
      onDeath(new CliError(`The ${name} could not be started.`, { cause }));
      resolve();
    });
    // 'close' and not 'exit': by then the last words are read.
    child.once('close', (code, signal) => {
      if (pid !== undefined) unguardProcess(pid);
      if (isWanted) onDeath(deathOf(name, signal ?? `exit code ${code}`, tail));
      resolve();
    });
  });
  if (pid === undefined) throw new CliError(`The ${name} could not be started.`);

  return {
    pid,
    async stop() {
      isWanted = false;
      child.kill('SIGTERM');
      const insist = setTimeout(() => child.kill('SIGKILL'), PATIENCE_MS);
      await ended;
      clearTimeout(insist);
    },
  };
}

function deathOf(name: string, how: string, tail: readonly string[]): CliError {
  const words = tail.map((line) => `  ${readableLogLine(line)}`).join('\n');
  return new CliError(`The ${name} ended by itself (${how}).`, {
    hint: words === '' ? 'It wrote nothing to its log.' : `Its log ends:\n${words}`,
  });
}
