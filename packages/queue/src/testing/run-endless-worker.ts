import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { build } from 'tsup';
import type { ProcessArguments } from './endless-worker.js';

/** Starts `endless-worker.ts` as a process of its own; resolves when it has taken a job. */
export async function runEndlessWorker(settings: ProcessArguments): Promise<ChildProcess> {
  // Inside the package, so that the program finds the package's dependencies.
  const outDir = fileURLToPath(new URL('../../node_modules/.endless-worker', import.meta.url));
  const entry = [fileURLToPath(new URL('endless-worker.ts', import.meta.url))];
  await build({ entry, outDir, format: 'esm', target: 'node20', config: false, silent: true });
  const child = spawn(process.execPath, [`${outDir}/endless-worker.js`, JSON.stringify(settings)], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  await once(child.stdout, 'data');
  return child;
}
