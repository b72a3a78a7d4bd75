import { readFileSync } from 'node:fs';
import type { RunningProgram } from '@pledgeline/local-services';
import { z } from 'zod';

/** The heap that an abused program may have, in MB. */
export const HEAP_MB = 256;

/** How the scripts `api` and `worker` of the repository's package.json tell Node to use its heap. */
const asInProduction = {
  api: ['--max-semi-space-size=4', '--heap-growing-percent=30'],
  worker: ['--max-semi-space-size=16', '--heap-growing-percent=100'],
} as const;

/** Node's options for a program that is measured: as in production, with little heap, and with a probe of its event loop. */
export function measuredOptions(program: keyof typeof asInProduction): readonly string[] {
  return [
    ...asInProduction[program],
    `--max-old-space-size=${HEAP_MB}`,
    `--import=${new URL('loop-probe.mjs', import.meta.url)}`,
  ];
}

/** For how long one job may hold the worker's event loop. */
export const MAX_HELD_MS = 200;

const heldSchema = z.object({ loopHeldMs: z.number() });

/** The most memory that a running program has used, in MB (VmHWM of Linux). */
export function peakMemoryMb({ pid }: RunningProgram): number {
  const status = readFileSync(`/proc/${pid}/status`, 'utf8');
  const kilobytes = /^VmHWM:\s+(\d+) kB$/m.exec(status)?.[1];
  if (kilobytes === undefined) throw new Error(`/proc/${pid}/status has no VmHWM`);
  return Math.round(Number(kilobytes) / 1024);
}

/** The CPU time that a running program has used, in seconds, on Linux. */
export function cpuSeconds({ pid }: RunningProgram): number {
  const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
  // The name in parentheses may hold blanks; user and system time are fields 14 and 15.
  const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
  return (Number(fields[11]) + Number(fields[12])) / 100;
}

/** The longest time for which the program's event loop was held since the log had `since` lines, in ms. 0 if it was never held for 50 ms. */
export function longestHeldMs({ log }: RunningProgram, since = 0): number {
  const held = log.slice(since).flatMap((line) => {
    if (!line.startsWith('{"loopHeldMs"')) return [];
    return [heldSchema.parse(JSON.parse(line)).loopHeldMs];
  });
  return Math.max(0, ...held);
}
