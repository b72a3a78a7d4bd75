import { type ChildProcess, spawn } from 'node:child_process';
import { closeSync, openSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { guardProcess, unguardProcess } from './guard-client.js';
import type { ServerUser } from './server-user.js';

/** How to run a server program. */
export interface ServerCommand {
  readonly program: string;
  readonly args: readonly string[];
  readonly cwd: string;
  readonly user?: ServerUser;
  readonly environment?: NodeJS.ProcessEnv;
  /** A file, not a pipe: the server may outlive this process for a moment, and a pipe would have to be read. */
  readonly logFile: string;
  /** The signal that the guard sends when this process has ended. */
  readonly guardSignal: NodeJS.Signals;
}

/** A running server process that is registered with the guard. */
export interface ServerProcess {
  readonly pid: number;
  hasExited(): boolean;
  /** Sends the signal and waits until the process has ended. */
  end(signal: NodeJS.Signals): Promise<void>;
  /** The last lines of its log, to explain why it did not start. */
  logTail(): Promise<string>;
}

/** Starts a server in a session of its own, so that Ctrl-C does not end it before its clients. */
export async function startServerProcess(command: ServerCommand): Promise<ServerProcess> {
  const log = openSync(command.logFile, 'a');
  let child: ChildProcess;
  try {
    child = spawn(command.program, command.args, {
      ...command.user,
      cwd: command.cwd,
      detached: true,
      stdio: ['ignore', log, log],
      ...(command.environment === undefined ? {} : { env: command.environment }),
    });
    if (child.pid !== undefined) guardProcess(child.pid, { signal: command.guardSignal });
  } finally {
    closeSync(log);
  }
  const { pid } = child;
  if (pid === undefined) throw await new Promise<Error>((resolve) => child.once('error', resolve));
  const exited = new Promise<void>((resolve) => {
    child.once('exit', () => {
      unguardProcess(pid);
      resolve();
    });
  });
  child.unref();
  const hasExited = (): boolean => child.exitCode !== null || child.signalCode !== null;
  return {
    pid,
    hasExited,
    async end(signal) {
      if (hasExited()) return;
      // Only now this process waits for the server. Before, the server must not keep it alive.
      child.ref();
      child.kill(signal);
      await exited;
    },
    async logTail() {
      return (await readFile(command.logFile, 'utf8')).trim().split('\n').slice(-15).join('\n');
    },
  };
}
