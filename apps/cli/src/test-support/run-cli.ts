import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { chmod, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { childEnvironment } from '../env.js';

/** The built program, which users run. */
const program = fileURLToPath(new URL('../../dist/main.js', import.meta.url));

/** A running CLI. */
export interface RunningCli {
  readonly process: ChildProcess;
  readonly stdout: () => string;
  readonly stderr: () => string;
  /** The exit code, or the signal that ended the process. */
  readonly ended: Promise<number | string>;
}

/** Starts the CLI. */
export function runCli(args: readonly string[], environment: NodeJS.ProcessEnv = {}): RunningCli {
  const clean = { INIT_CWD: undefined, DEBUG: undefined, REDIS_URL: undefined, DATABASE_URL: undefined };
  const child = spawn(process.execPath, [program, ...args], {
    env: childEnvironment({ ...clean, ...environment }),
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let stdout = '';
  let stderr = '';
  child.stdout.on('data', (chunk: Buffer) => {
    stdout += chunk.toString();
  });
  child.stderr.on('data', (chunk: Buffer) => {
    stderr += chunk.toString();
  });
  return {
    process: child,
    stdout: () => stdout,
    stderr: () => stderr,
    ended: once(child, 'close').then(([code, signal]: readonly unknown[]) =>
      typeof code === 'number' ? code : String(signal),
    ),
  };
}

/** Makes a PLEDGELINE_HOME that Postgres can access even when the tests run as root. */
export async function makeHome(): Promise<{ readonly home: string; remove(): Promise<void> }> {
  const home = await mkdtemp(join(tmpdir(), 'pledgeline-cli-'));
  await chmod(home, 0o755);
  return { home, remove: () => rm(home, { recursive: true, force: true, maxRetries: 20, retryDelay: 100 }) };
}

interface ProcessLine {
  readonly pid: number;
  readonly parent: number;
  readonly state: string;
  readonly command: string;
}

/** All descendants of a process: services, Postgres with its backends, the guard. */
export function descendantsOf(pid: number): readonly ProcessLine[] {
  const all = processes();
  const found: ProcessLine[] = [];
  for (let parents = [pid]; parents.length > 0; ) {
    const children = all.filter((line) => parents.includes(line.parent));
    found.push(...children);
    parents = children.map((line) => line.pid);
  }
  return found;
}

/** Those of the processes that are still running. */
export function stillRunning(lines: readonly ProcessLine[]): readonly ProcessLine[] {
  const now = new Map(processes().map((line) => [line.pid, line]));
  // A zombie has ended; only its parent has not read its exit code.
  return lines.filter(({ pid, command }) => {
    const line = now.get(pid);
    return line !== undefined && line.command === command && !line.state.startsWith('Z');
  });
}

function processes(): readonly ProcessLine[] {
  const listing = execFileSync('ps', ['-A', '-o', 'pid=,ppid=,stat=,args='], { encoding: 'utf8' });
  return listing.split('\n').flatMap((line) => {
    const [, pid, parent, state = '', command = ''] = /^\s*(\d+)\s+(\d+)\s+(\S+)\s+(.*)$/.exec(line) ?? [];
    return pid === undefined ? [] : [{ pid: Number(pid), parent: Number(parent), state, command }];
  });
}
