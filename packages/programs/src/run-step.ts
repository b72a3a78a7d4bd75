import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { guardProcess, unguardProcess } from '@pledgeline/local-services';

/** A program and its arguments. */
export type Step = readonly [program: string, ...args: string[]];

/** Runs a program in a folder. What it prints goes to stderr, since stdout is for the caller's results. Throws when it fails. */
export async function runStep([program, ...args]: Step, folder: string): Promise<void> {
  const child = spawn(program, args, {
    cwd: folder,
    stdio: ['ignore', process.stderr, process.stderr],
  });
  const { pid } = child;
  if (pid !== undefined) guardProcess(pid);
  await once(child, 'close');
  if (pid !== undefined) unguardProcess(pid);
  if (child.exitCode !== 0) {
    throw new Error(
      `"${[program, ...args].join(' ')}" ended with ${child.exitCode ?? child.signalCode}; its output is above.`,
    );
  }
}
