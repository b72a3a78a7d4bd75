import { readFileSync } from 'node:fs';

/**
 * Names one life of a process id, or null when no such process runs. The kernel hands ids out again, so an
 * id alone may name a stranger by the time we want to end it; with the start time it cannot.
 */
export function processIdentity(pid: number): string | null {
  try {
    process.kill(pid, 0);
  } catch (error) {
    // EPERM: it runs, as another user.
    if (!(error instanceof Error && 'code' in error && error.code === 'EPERM')) return null;
  }
  let stat: string;
  try {
    stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
  } catch {
    // No /proc (macOS), or it went away just now: the next call will tell.
    return String(pid);
  }
  // "pid (name) state ppid …": the name may hold spaces and brackets, so count from its last bracket.
  // State is field 3 of proc(5), start time field 22.
  const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
  const isZombie = fields[0] === 'Z';
  return isZombie ? null : `${pid}@${fields[19] ?? ''}`;
}

/** Whether the process runs. A zombie that nobody collects counts as gone. */
export function isRunning(pid: number): boolean {
  return processIdentity(pid) !== null;
}
