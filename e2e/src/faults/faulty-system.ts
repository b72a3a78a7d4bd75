import { createApiKey, createDatabase, type Database, readUpload, type UploadReport } from '@pledgeline/db';
import type { FaultPoint } from '@pledgeline/fault-points';
import { type RunningProgram, startProgram } from '@pledgeline/local-services';
import { startAsInProduction } from '@pledgeline/programs';
import { z } from 'zod';
import { programs } from '../programs.js';
import { impatience } from './bounds.js';
import type { Machine, QueuePlace } from './machine.js';

type Variables = Readonly<Record<string, string>>;

export interface RunningApi extends RunningProgram {
  /** Resolves with the upload's id when it is accepted. */
  send(csv: string, headers?: Readonly<Record<string, string>>): Promise<string>;
  /** `fetch` with the key of the merchant. */
  ask(path: string, init?: RequestInit): Promise<Response>;
}

/** The real programs on an empty database and an empty queue. */
export interface FaultySystem {
  readonly db: Database;
  readonly databaseUrl: string;
  readonly merchantId: string;
  readonly queue: QueuePlace;
  /** Starts an API. Resolves when it listens. */
  startApi(variables?: Variables): Promise<RunningApi>;
  /** Starts a worker. Resolves when it takes jobs. */
  startWorker(variables?: Variables, nodeOptions?: readonly string[]): Promise<RunningProgram>;
  /** Starts a worker that may end at any moment, also before it is ready. */
  startDoomedWorker(variables: Variables, nodeOptions: readonly string[]): RunningProgram;
  /** Starts the worker of another commit that was built in the folder. Resolves when it takes jobs. */
  startOtherWorker(root: string, variables?: Variables): Promise<RunningProgram>;
  report(uploadId: string): Promise<UploadReport>;
  /** The id of the only upload. */
  soleUploadId(): Promise<string>;
  /** Ends every program and closes the database. */
  close(): Promise<void>;
}

/** Waits until a program for which `<point>=pause` was ordered is there. */
export async function pausedAt(program: RunningProgram, point: FaultPoint): Promise<void> {
  await program.waitForLog(new RegExp(`"fault":"${point}"`));
}

/** Lets a paused program continue. */
export function resume(program: RunningProgram): void {
  process.kill(program.pid, 'SIGUSR2');
}

const acceptedSchema = z.object({ id: z.string() });
const CAMPAIGN = 'Broken';

export async function openFaultySystem(machine: Machine, queue: QueuePlace): Promise<FaultySystem> {
  await queue.redis?.restart();
  const databaseUrl = await machine.createDatabase();
  const db = createDatabase({ connectionString: databaseUrl, maxConnections: 4 });
  const { key, merchantId } = await createApiKey(db, 'Ada Games', 'faults');
  const environment = {
    DATABASE_URL: databaseUrl,
    LOG_LEVEL: 'info',
    ...(queue.redis && { REDIS_URL: queue.redis.url }),
  };
  const running: RunningProgram[] = [];
  const start = (main: string, variables: Variables, nodeOptions?: readonly string[]): RunningProgram => {
    const program = startProgram(main, { ...environment, ...variables }, nodeOptions);
    running.push(program);
    return program;
  };

  async function send(port: number, csv: string, headers: Variables = {}): Promise<string> {
    const target = `http://127.0.0.1:${port}/v1/uploads?campaign=${CAMPAIGN}&filename=backers.csv&force=true`;
    const answer = await fetch(target, {
      method: 'POST',
      headers: { authorization: `Bearer ${key}`, 'content-type': 'text/csv', ...headers },
      body: csv,
    });
    const body: unknown = await answer.json();
    if (answer.status !== 202) throw new Error(`${answer.status}: ${JSON.stringify(body)}`);
    return acceptedSchema.parse(body).id;
  }

  return {
    db,
    databaseUrl,
    merchantId,
    queue,
    async startApi(variables) {
      const api = start(programs.api, { PORT: '0', HOST: '127.0.0.1', CHUNK_ROWS: '1000', ...variables });
      const line = await api.waitForLog(/"listening"/);
      const { port } = z.object({ port: z.number() }).parse(JSON.parse(line));
      const ask = (path: string, init: RequestInit = {}) => {
        const headers = new Headers(init.headers);
        headers.set('authorization', `Bearer ${key}`);
        return fetch(`http://127.0.0.1:${port}${path}`, { ...init, headers });
      };
      return { ...api, send: (csv, headers) => send(port, csv, headers), ask };
    },
    async startWorker(variables, nodeOptions) {
      const worker = start(programs.worker, { ...impatience, ...variables }, nodeOptions);
      await worker.waitForLog(/"The worker is ready"/);
      return worker;
    },
    startDoomedWorker: (variables, nodeOptions) =>
      start(programs.worker, { ...impatience, ...variables }, nodeOptions),
    async startOtherWorker(root, variables) {
      const worker = await startAsInProduction(root, 'worker', {
        ...environment,
        ...impatience,
        ...variables,
      });
      running.push(worker);
      await worker.waitForLog(/"the worker is ready"/i);
      return worker;
    },
    async report(uploadId) {
      const report = await readUpload(db, merchantId, uploadId);
      if (!report) throw new Error(`No upload ${uploadId}`);
      return report;
    },
    soleUploadId: async () => (await db.prisma.csvUpload.findFirstOrThrow()).id,
    async close() {
      await Promise.all(running.map((program) => program.end('SIGKILL')));
      await db.close();
    },
  };
}
