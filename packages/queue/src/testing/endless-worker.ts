import { createConsumer, type QueueConnection } from '../index.js';

/** A worker process that takes jobs, prints their chunks, and never finishes one. Tests kill it. */
const { connection, lockDurationMs, stalledIntervalMs }: ProcessArguments = JSON.parse(process.argv[2] ?? '');

export type ProcessArguments = {
  readonly connection: QueueConnection;
  readonly lockDurationMs: number;
  readonly stalledIntervalMs: number;
};

const silent = { info: () => undefined, warn: () => undefined, error: () => undefined };
const never = (): Promise<void> => new Promise(() => undefined);
createConsumer(
  connection,
  {
    'process-chunk': ({ chunkId }) => {
      process.stdout.write(`${chunkId}\n`);
      return never();
    },
    'work-on-draft': never,
    'deliver-notification': never,
    sweep: never,
  },
  { concurrency: 1, logger: silent, lockDurationMs, stalledIntervalMs },
);
