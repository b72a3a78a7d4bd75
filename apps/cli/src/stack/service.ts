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
  /** Called with every line that the service writes. */
  readonly onLine: (line: string) => void;
  /** Called when the service ends without having been asked to stop. */
  readonly onDeath: (error: CliError) => void;
}

/** A process of the stack: the API or a worker. */
export interface Service {
  readonly pid: number;
  /** Stops the service with SIGTERM, and with SIGKILL if it does not stop in time. */
  stop(): Promise<void>;
}

const TAIL_LINES = 20;
/** Longer than the `GRACE_MS` that the stack sets, so that a service which stops in order is never killed. */
const PATIENCE_MS = 10_000;

/** Starts a service. It is stopped when this process ends, in whatever way. */
export function startService({ name, program, environment, onLine, onDeath }: ServiceOptions): Service {
  if (!existsSync(program)) {
    throw new CliError(`The ${name} is not built.`, { hint: 'Run `pnpm build` and try again.' });
  }
  // In a session of its own, so that Ctrl-C goes only to the CLI, which stops everything in order.
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
    // 'close' and not 'exit', because only then all output has been read.
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
