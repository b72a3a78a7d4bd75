import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import pTimeout from 'p-timeout';
import { guardProcess, unguardProcess } from './guard-client.js';

/** One of the programs of this repository in a process of its own, as in production. */
export interface RunningProgram {
  readonly pid: number;
  /** Resolves with the exit code, or null when a signal ended it. */
  readonly exited: Promise<number | null>;
  /** The lines that it has written to standard output so far. */
  readonly log: readonly string[];
  /** Resolves with the first line of the log that matches the pattern, also if it was written before. */
  waitForLog(pattern: RegExp): Promise<string>;
  /** Sends the signal and resolves with the exit code, or null after a kill. */
  end(signal: NodeJS.Signals): Promise<number | null>;
}

/** Longer than the grace period of every program. */
const STOP_PATIENCE_MS = 40_000;

/** Starts a built program with only these environment variables. It ends when this process ends. */
export function startProgram(
  main: string,
  variables: Readonly<Record<string, string>>,
  nodeOptions: readonly string[] = [],
): RunningProgram {
  const child = spawn(process.execPath, [...nodeOptions, main], {
    env: variables,
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const { pid } = child;
  if (pid === undefined) throw new Error(`${main} could not be started.`);
  guardProcess(pid);
  const lines: string[] = [];
  const watchers = new Set<() => void>();
  createInterface({ input: child.stdout }).on('line', (line) => {
    lines.push(line);
    for (const look of watchers) look();
  });
  // 'close' and not 'exit', because then all its output has been read.
  const exited = once(child, 'close');
  return {
    pid,
    exited: exited.then(() => child.exitCode),
    log: lines,
    waitForLog: (pattern) => findLine(pattern, lines, watchers, exited),
    async end(signal) {
      if (child.exitCode === null && child.signalCode === null) child.kill(signal);
      await pTimeout(exited, {
        milliseconds: STOP_PATIENCE_MS,
        fallback: () => {
          child.kill('SIGKILL');
          throw new Error(`${main} did not stop after ${signal}:\n${lines.join('\n')}`);
        },
      });
      unguardProcess(pid);
      return child.exitCode;
    },
  };
}

function findLine(
  pattern: RegExp,
  lines: readonly string[],
  watchers: Set<() => void>,
  exited: Promise<unknown>,
): Promise<string> {
  return new Promise((resolve, reject) => {
    const look = () => {
      const found = lines.find((line) => pattern.test(line));
      if (found === undefined) return;
      watchers.delete(look);
      resolve(found);
    };
    watchers.add(look);
    look();
    void exited.then(() =>
      reject(new Error(`The program ended before it logged ${pattern}:\n${lines.join('\n')}`)),
    );
  });
}
