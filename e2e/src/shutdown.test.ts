import { once } from 'node:events';
import { connect, createServer, type Server, type Socket } from 'node:net';
import { createApiKey, createDatabase, type Database, readUpload } from '@pledgeline/db';
import { cloneDatabase } from '@pledgeline/db/testing';
import { type RunningProgram, startProgram } from '@pledgeline/local-services';
import { afterEach, beforeEach, describe, expect, inject, it } from 'vitest';
import { programs } from './programs.js';
import { sampleFile } from './sample-file.js';
import { addressOf, startApi } from './start-api.js';
import { until } from './until.js';

/** An option for Node: on SIGUSR2 the program throws an error that nothing catches. */
const explosive = [
  '--import',
  `data:text/javascript,process.on('SIGUSR2', () => { throw new Error('nobody catches it'); });`,
];

let db: Database;
let key: string;
let merchantId: string;
let environment: Record<string, string>;
let drop: () => Promise<void>;
let running: RunningProgram[];

beforeEach(async () => {
  const clone = await cloneDatabase(inject('testPostgres'));
  drop = clone.drop;
  environment = { DATABASE_URL: clone.url, LOG_LEVEL: 'info' };
  db = createDatabase({ connectionString: clone.url, maxConnections: 2 });
  ({ key, merchantId } = await createApiKey(db, 'Ada Games', 'e2e'));
  running = [];
});

afterEach(async () => {
  await Promise.all(running.map((program) => program.end('SIGKILL')));
  await db.close();
  await drop();
});

function keep(program: RunningProgram): RunningProgram {
  running.push(program);
  return program;
}

const send = ({ pid }: RunningProgram, ...signals: readonly NodeJS.Signals[]): void => {
  for (const signal of signals) process.kill(pid, signal);
};

/** The messages of the log about the end of the process, in order. */
const ending = ({ log }: RunningProgram): readonly string[] =>
  log.flatMap(
    (line) =>
      /"msg":"([^"]* (?:is clos|did not close|could not close|met an un)[^"]*)"/.exec(line)?.[1] ?? [],
  );

/** Expects that no Pledgeline program is connected to Postgres any more. */
async function expectNoConnections(): Promise<void> {
  await until(async () => {
    const { rows } = await db.pool.query<{ name: string }>(
      `SELECT application_name AS name FROM pg_stat_activity
       WHERE datname = current_database() AND pid <> pg_backend_pid() AND application_name LIKE 'pledgeline-%'`,
    );
    expect(rows).toEqual([]);
  });
}

const ways = [
  { signals: ['SIGTERM'] },
  { signals: ['SIGTERM', 'SIGINT'] },
  { signals: ['SIGINT', 'SIGINT'] },
] as const;

describe('The API process', () => {
  const csv = sampleFile(1_500).csv;
  const half = csv.length / 2;

  /** A client that has sent half of its file. */
  async function sendHalf(url: string): Promise<Socket> {
    const socket = connect(Number(new URL(url).port), '127.0.0.1');
    await once(socket, 'connect');
    socket.setEncoding('utf8').on('error', () => undefined);
    socket.write(
      [
        'POST /v1/uploads?campaign=Lamp HTTP/1.1',
        'Host: test',
        `Authorization: Bearer ${key}`,
        'Content-Type: text/csv',
        `Content-Length: ${Buffer.byteLength(csv)}`,
        '',
        csv.slice(0, half),
      ].join('\r\n'),
    );
    await until(async () => expect(await db.prisma.csvUpload.count()).toBe(1));
    return socket;
  }

  const reportOf = async () => {
    const { id } = await db.prisma.csvUpload.findFirstOrThrow();
    return readUpload(db, merchantId, id);
  };

  it.each(ways)('lets the current upload finish on $signals, and closes once', async ({ signals }) => {
    const api = keep(startApi(environment));
    const socket = await sendHalf(await addressOf(api));
    let answer = '';
    socket.on('data', (text) => {
      answer += text;
    });
    send(api, ...signals);
    await api.waitForLog(/"event":"closing"/);
    socket.write(csv.slice(half));
    expect(await api.exited).toBe(0);
    expect(answer).toMatch(/^HTTP\/1\.1 202 /);
    expect(await reportOf()).toMatchObject({ sealed: true, rows: { total: 1_500 } });
    expect(ending(api)).toEqual(['The API is closing', 'The API is closed']);
    await expectNoConnections();
  });

  it('cuts off an upload that takes longer than the grace period, and its report says so', async () => {
    const api = keep(startApi({ ...environment, GRACE_MS: '200' }));
    const socket = await sendHalf(await addressOf(api));
    send(api, 'SIGTERM');
    expect(await api.exited).toBe(0);
    socket.destroy();
    expect(await reportOf()).toMatchObject({
      status: 'FAILED',
      failure: { code: 'upload_interrupted' },
      chunks: { total: 0 },
    });
    expect(ending(api)).toEqual(['The API is closing', 'The API is closed']);
  });

  it('closes with exit code 1 after an uncaught error, once the current upload has finished', async () => {
    const api = keep(startApi(environment, explosive));
    const socket = await sendHalf(await addressOf(api));
    send(api, 'SIGUSR2');
    await api.waitForLog(/nobody catches it/);
    socket.write(csv.slice(half));
    expect(await api.exited).toBe(1);
    expect(await reportOf()).toMatchObject({ sealed: true, rows: { total: 1_500 } });
    expect(ending(api)).toEqual([
      'The API met an unexpected error and is closing: nobody catches it',
      'The API is closed',
    ]);
    socket.destroy();
  });
});

describe('The worker process', () => {
  /** Starts a worker that pauses in the middle of a chunk until it gets SIGUSR2. */
  async function holdChunk(): Promise<RunningProgram> {
    const api = keep(startApi({ ...environment, CHUNK_ROWS: '1000' }));
    const worker = keep(
      startProgram(programs.worker, {
        ...environment,
        CONCURRENCY: '1',
        FAULTS: 'chunk.half-written=pause',
      }),
    );
    const response = await fetch(`${await addressOf(api)}/v1/uploads?campaign=Lamp`, {
      method: 'POST',
      headers: { authorization: `Bearer ${key}`, 'content-type': 'text/csv' },
      body: sampleFile(2_500).csv,
    });
    expect(response.status).toBe(202);
    await worker.waitForLog(/"fault":"chunk.half-written"/);
    await api.end('SIGTERM');
    return worker;
  }

  it.each(ways)('finishes its chunk on $signals, and closes once', async ({ signals }) => {
    const worker = await holdChunk();
    send(worker, ...signals);
    await worker.waitForLog(/"event":"closing"/);
    send(worker, 'SIGUSR2');
    expect(await worker.exited).toBe(0);
    const { id } = await db.prisma.csvUpload.findFirstOrThrow();
    expect((await readUpload(db, merchantId, id))?.chunks).toMatchObject({ completed: 1, processing: 0 });
    expect(ending(worker)).toEqual(['The worker is closing', 'The worker is closed']);
    await expectNoConnections();
  });

  it('closes with exit code 1 after an uncaught error', async () => {
    const worker = keep(startProgram(programs.worker, environment, explosive));
    await worker.waitForLog(/"The worker is ready"/);
    send(worker, 'SIGUSR2');
    expect(await worker.exited).toBe(1);
    expect(ending(worker)).toEqual([
      'The worker met an unexpected error and is closing: nobody catches it',
      'The worker is closed',
    ]);
  });
});

describe('A signal during the start of a process', () => {
  let silent: Server;
  let silentUrl: string;

  /** Accepts connections and never answers. */
  beforeEach(async () => {
    silent = createServer(() => undefined).listen(0, '127.0.0.1');
    await once(silent, 'listening');
    const address = silent.address();
    if (address === null || typeof address === 'string') throw new Error('no port');
    silentUrl = `postgres://nobody@127.0.0.1:${address.port}/nothing`;
  });

  afterEach(() => {
    silent.close();
  });

  const starts = [
    { name: 'the API', start: (variables: Record<string, string>) => startApi(variables) },
    {
      name: 'the worker',
      start: (variables: Record<string, string>) => startProgram(programs.worker, variables),
    },
  ];

  it.each(starts)('ends $name while Postgres does not answer', async ({ start }) => {
    const program = keep(start({ DATABASE_URL: silentUrl, LOG_LEVEL: 'info' }));
    await once(silent, 'connection');
    send(program, 'SIGTERM', 'SIGINT');
    expect(await program.exited).toBe(0);
    expect(ending(program)).toHaveLength(2);
  });

  it('ends the worker while the queue does not answer', async () => {
    const REDIS_URL = silentUrl.replace('postgres://nobody@', 'redis://').replace('/nothing', '');
    const worker = keep(startProgram(programs.worker, { ...environment, REDIS_URL }));
    await once(silent, 'connection');
    send(worker, 'SIGINT', 'SIGINT');
    expect(await worker.exited).toBe(0);
    expect(ending(worker)).toEqual(['The worker is closing', 'The worker is closed']);
  });
});
