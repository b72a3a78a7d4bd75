import { setTimeout as sleep } from 'node:timers/promises';
import { type RunningProgram, startRedis } from '@pledgeline/local-services';
import { runCli, startAsInProduction } from '@pledgeline/programs';
import { peakMegabytes } from '../process-memory.js';

/** Another commit may say in other words that it is ready; waiting for it must end. */
const READY_PATIENCE_MS = 120_000;

export interface SystemOptions {
  readonly workers: number;
  readonly queue: 'redis' | 'postgres';
  /** Environment variables of API and workers, to try other settings. */
  readonly variables: Readonly<Record<string, string>>;
}

/** An API and some workers as processes on one database. */
export interface RunningSystem {
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
  /** The peak memory so far of the API, and of the worker with the most, in MB. */
  peaks(): Promise<{ readonly api: number; readonly worker: number }>;
  stop(): Promise<void>;
}

/** Starts the programs of the folder `root`. Throws when they do not get ready. */
export async function startSystem(
  root: string,
  connectionString: string,
  options: SystemOptions,
): Promise<RunningSystem> {
  const redis = options.queue === 'redis' ? await startRedis() : null;
  if (options.queue === 'redis' && redis === null)
    throw new Error('--queue redis needs a redis-server on this machine.');
  const started: RunningProgram[] = [];
  const stop = async (): Promise<void> => {
    for (const program of [...started].reverse()) await program.end('SIGTERM');
    await redis?.stop();
  };
  try {
    const key = await runCli(root, ['keys', 'create', '--merchant', 'Bench'], {
      DATABASE_URL: connectionString,
    });
    const variables = {
      ...options.variables,
      DATABASE_URL: connectionString,
      ...(redis && { REDIS_URL: redis.url }),
      HOST: '127.0.0.1',
      PORT: '0',
    };
    const api = await startAsInProduction(root, 'api', variables);
    started.push(api);
    const workers: RunningProgram[] = [];
    for (let count = 0; count < options.workers; count += 1) {
      const worker = await startAsInProduction(root, 'worker', variables);
      workers.push(worker);
      started.push(worker);
    }
    await Promise.all(workers.map((worker) => findInLog(worker, /the worker is ready/i)));
    const port = Number(/"port":(\d+)/.exec(await findInLog(api, /"event":"listening"/))?.[1]);
    return {
      url: `http://127.0.0.1:${port}`,
      headers: { authorization: `Bearer ${key}` },
      async peaks() {
        const ofWorkers = await Promise.all(workers.map(({ pid }) => peakMegabytes(pid)));
        return { api: await peakMegabytes(api.pid), worker: Math.max(...ofWorkers) };
      },
      stop,
    };
  } catch (error) {
    await stop();
    throw error;
  }
}

async function findInLog(program: RunningProgram, pattern: RegExp): Promise<string> {
  const late = sleep(READY_PATIENCE_MS, null, { ref: false });
  const line = await Promise.race([program.waitForLog(pattern), late]);
  if (line !== null) return line;
  throw new Error(`Nothing like ${pattern} was logged, so it cannot be measured:\n${program.log.join('\n')}`);
}
