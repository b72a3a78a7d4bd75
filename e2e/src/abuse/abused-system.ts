import { createApiKey, createDatabase, type Database, readUpload, type UploadReport } from '@pledgeline/db';
import { type RunningProgram, startProgram } from '@pledgeline/local-services';
import { z } from 'zod';
import type { Machine, QueuePlace } from '../faults/machine.js';
import { programs } from '../programs.js';
import { addressOf } from '../start-api.js';
import { until } from '../until.js';
import { measuredOptions } from './measure-program.js';

type Variables = Readonly<Record<string, string>>;

/** A client of the API with a key of its own. */
export interface Merchant {
  readonly id: string;
  /** Sends a request with the merchant's key. */
  fetch(path: string, init?: RequestInit): Promise<Response>;
  /** Sends a file and resolves with the upload's id. @throws Error with the answer when it is not accepted */
  upload(
    body: string | Uint8Array<ArrayBuffer>,
    options?: { readonly campaign?: string; readonly type?: string },
  ): Promise<string>;
  report(uploadId: string): Promise<UploadReport>;
  /** Waits until the upload has ended, however it ends. */
  outcome(uploadId: string, timeoutMs?: number): Promise<UploadReport>;
}

/** An API that is measured on its own. */
export interface AbusedApi {
  readonly program: RunningProgram;
  readonly url: string;
  /** A client of this API. Merchants of the same name are the same merchant. */
  addMerchant(name: string): Promise<Merchant>;
}

/** The real programs with little memory, on an empty database. */
export interface AbusedSystem {
  readonly db: Database;
  readonly databaseUrl: string;
  readonly api: RunningProgram;
  readonly apiUrl: string;
  readonly worker: RunningProgram;
  addMerchant(name: string): Promise<Merchant>;
  /** Starts another API on the same database: what a process has ever used is known of a new one only. */
  startApi(variables?: Variables): Promise<AbusedApi>;
  /** Starts another worker, as a host does after one has died. */
  startWorker(): Promise<RunningProgram>;
  /** Ends every program and closes the database. */
  close(): Promise<void>;
}

export interface AbusedSystemOptions {
  /** Where the queue is; Postgres by default. */
  readonly queue?: QueuePlace;
  readonly api?: Variables;
  readonly worker?: Variables;
}

const acceptedSchema = z.object({ id: z.string() });
const FINAL: ReadonlySet<string> = new Set(['COMPLETED', 'FAILED', 'CANCELED', 'NEEDS_MAPPING']);

export async function openAbusedSystem(
  machine: Machine,
  options: AbusedSystemOptions = {},
): Promise<AbusedSystem> {
  const redis = options.queue?.redis;
  await redis?.restart();
  const databaseUrl = await machine.createDatabase();
  const db = createDatabase({ connectionString: databaseUrl, maxConnections: 4 });
  const environment = {
    DATABASE_URL: databaseUrl,
    LOG_LEVEL: 'info',
    ...(redis && { REDIS_URL: redis.url }),
  };
  const running: RunningProgram[] = [];
  const start = (main: string, variables: Variables = {}): RunningProgram => {
    const program = startProgram(
      main,
      { ...environment, ...variables },
      measuredOptions(main === programs.api ? 'api' : 'worker'),
    );
    running.push(program);
    return program;
  };
  const startWorker = async (): Promise<RunningProgram> => {
    const worker = start(programs.worker, options.worker);
    await worker.waitForLog(/"The worker is ready"/);
    return worker;
  };
  const startApi = async (variables: Variables = {}): Promise<AbusedApi> => {
    const program = start(programs.api, { PORT: '0', HOST: '127.0.0.1', ...variables });
    const url = await addressOf(program);
    return {
      program,
      url,
      async addMerchant(name) {
        const { key, merchantId } = await createApiKey(db, name, 'abuse');
        return openMerchant(db, url, key, merchantId);
      },
    };
  };
  const [api, worker] = await Promise.all([startApi(options.api), startWorker()]);

  return {
    db,
    databaseUrl,
    api: api.program,
    apiUrl: api.url,
    worker,
    startApi,
    startWorker,
    addMerchant: api.addMerchant,
    async close() {
      await Promise.all(running.map((program) => program.end('SIGKILL')));
      await db.close();
    },
  };
}

function openMerchant(db: Database, apiUrl: string, key: string, id: string): Merchant {
  const report = async (uploadId: string): Promise<UploadReport> => {
    const found = await readUpload(db, id, uploadId);
    if (found === null) throw new Error(`No upload ${uploadId}`);
    return found;
  };
  const send = (path: string, init: RequestInit = {}): Promise<Response> => {
    const headers = new Headers(init.headers);
    headers.set('authorization', `Bearer ${key}`);
    return fetch(`${apiUrl}${path}`, { ...init, headers });
  };
  return {
    id,
    report,
    fetch: send,
    async upload(body, { campaign = 'Abused', type = 'text/csv' } = {}) {
      const target = `/v1/uploads?campaign=${encodeURIComponent(campaign)}&filename=backers.csv&force=true`;
      const answer = await send(target, { method: 'POST', headers: { 'content-type': type }, body });
      const text = await answer.text();
      if (answer.status !== 202) throw new Error(`${answer.status}: ${text}`);
      return acceptedSchema.parse(JSON.parse(text)).id;
    },
    outcome: (uploadId, timeoutMs = 60_000) =>
      until(async () => {
        const found = await report(uploadId);
        if (!FINAL.has(found.status)) throw new Error(`The upload is ${found.status}`);
        return found;
      }, timeoutMs),
  };
}
