import { type ChildProcess, spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { Socket } from 'node:net';
import { fileURLToPath } from 'node:url';
import type { GuardMessage } from './guard-message.js';

/** What the guard has to know now; a new guard, should the old one have died, is told all of it. */
const entries = new Map<string, GuardMessage>();
let guard: ChildProcess | null = null;

/**
 * Has `pid` ended (first by `signal`, 3 s later by SIGKILL) when this process ends in whatever way.
 * Call it in the same tick as `spawn`, so that there is no moment at which the process is unguarded.
 */
export function guardProcess(pid: number, options: { signal?: NodeJS.Signals } = {}): void {
  remember(`process ${pid}`, { type: 'process', pid, signal: options.signal ?? 'SIGTERM' });
}

/** Takes back `guardProcess`: the process has ended, or may outlive this one. */
export function unguardProcess(pid: number): void {
  forget(`process ${pid}`, { type: 'forget-process', pid });
}

/** Has the folder removed when this process ends in whatever way. */
export function guardFolder(path: string): void {
  remember(`folder ${path}`, { type: 'folder', path });
}

/** Takes back `guardFolder`. */
export function unguardFolder(path: string): void {
  forget(`folder ${path}`, { type: 'forget-folder', path });
}

function remember(key: string, message: GuardMessage): void {
  entries.set(key, message);
  if (guard === null) {
    guard = startGuard();
    for (const entry of entries.values()) tell(entry);
  } else {
    tell(message);
  }
}

function forget(key: string, message: GuardMessage): void {
  if (entries.delete(key)) tell(message);
}

function tell(message: GuardMessage): void {
  guard?.stdin?.write(`${JSON.stringify(message)}\n`);
}

function startGuard(): ChildProcess {
  // A session of its own, and not our folder: nothing that ends us may end it too soon.
  const child = spawn(process.execPath, [guardProgram()], {
    cwd: '/',
    detached: true,
    stdio: ['pipe', 'ignore', 'ignore'],
  });
  const lost = (): void => {
    if (guard === child) guard = null;
  };
  child.on('error', lost);
  child.on('exit', lost);
  child.stdin.on('error', lost);
  // It must not keep us alive.
  child.unref();
  if (child.stdin instanceof Socket) child.stdin.unref();
  return child;
}

/** `dist/guard.js`, seen from `dist/` as well as, in this package's own tests, from `src/`. */
function guardProgram(): string {
  const beside = fileURLToPath(new URL('./guard.js', import.meta.url));
  return existsSync(beside) ? beside : fileURLToPath(new URL('../dist/guard.js', import.meta.url));
}
