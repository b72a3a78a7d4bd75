import { readFileSync } from 'node:fs';

/**
 * Identifies a running process by its id and start time; null when no process with this id is running. The kernel uses
 * ids again, so later the id alone may belong to another process.
 */
export function processIdentity(pid: number): string | null {
  try {
    process.kill(pid, 0);
  } catch (error) {
    // EPERM means that it is running as another user.
    if (!(error instanceof Error && 'code' in error && error.code === 'EPERM')) return null;
  }
  let stat: string;
  try {
    stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
  } catch {
    // There is no /proc (macOS), or the process has just ended, which the next call will show.
    return String(pid);
  }
  // "pid (name) state ppid …": the name may contain spaces and brackets, so fields are counted from the last bracket.
  // In proc(5) the state is field 3 and the start time is field 22.
  const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
  const isZombie = fields[0] === 'Z';
  return isZombie ? null : `${pid}@${fields[19] ?? ''}`;
}

/** Whether the process is running. A zombie counts as ended. */
export function isRunning(pid: number): boolean {
  return processIdentity(pid) !== null;
}
