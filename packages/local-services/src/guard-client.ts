import { type ChildProcess, spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { Socket } from 'node:net';
import { fileURLToPath } from 'node:url';
import type { GuardMessage } from './guard-message.js';

/** Everything that is registered with the guard. If the guard has died, a new one gets all of it. */
const entries = new Map<string, GuardMessage>();
let guard: ChildProcess | null = null;

/**
 * Registers a process to be ended (first with `signal`, after 3 s with SIGKILL) when this process ends in any way.
 * Call it in the same tick as `spawn`, so that the process is never without a guard.
 */
export function guardProcess(pid: number, options: { signal?: NodeJS.Signals } = {}): void {
  register(`process ${pid}`, { type: 'process', pid, signal: options.signal ?? 'SIGTERM' });
}

/** Undoes `guardProcess`, for a process that has ended or may outlive this one. */
export function unguardProcess(pid: number): void {
  unregister(`process ${pid}`, { type: 'forget-process', pid });
}

/** Registers a folder to be removed when this process ends in any way. */
export function guardFolder(path: string): void {
  register(`folder ${path}`, { type: 'folder', path });
}

/** Undoes `guardFolder`. */
export function unguardFolder(path: string): void {
  unregister(`folder ${path}`, { type: 'forget-folder', path });
}

function register(key: string, message: GuardMessage): void {
  entries.set(key, message);
  if (guard === null) {
    guard = startGuard();
    for (const entry of entries.values()) send(entry);
  } else {
    send(message);
  }
}

function unregister(key: string, message: GuardMessage): void {
  if (entries.delete(key)) send(message);
}

function send(message: GuardMessage): void {
  guard?.stdin?.write(`${JSON.stringify(message)}\n`);
}

function startGuard(): ChildProcess {
  // The guard has a session and a folder of its own, so that nothing that ends this process also ends the guard.
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
  // The guard must not keep this process alive.
  child.unref();
  if (child.stdin instanceof Socket) child.stdin.unref();
  return child;
}

/** The path of `dist/guard.js`, also when this file runs from `src/`, as in the tests of this package. */
function guardProgram(): string {
  const beside = fileURLToPath(new URL('./guard.js', import.meta.url));
  return existsSync(beside) ? beside : fileURLToPath(new URL('../dist/guard.js', import.meta.url));
}
