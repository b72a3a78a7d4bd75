import { applyMigrations } from '@pledgeline/db';
import {
  type LocalPostgres,
  type LocalRedis,
  type PostgresOptions,
  redisForTests,
  startPostgres,
} from '@pledgeline/local-services';

/** Where the queue lives. */
export interface QueuePlace {
  readonly name: 'Postgres' | 'Redis';
  /** Null when it lives in Postgres. */
  readonly redis: LocalRedis | null;
}

/** The servers of one test file, its own to break. */
export interface Machine {
  readonly postgres: LocalPostgres;
  /** Postgres, and Redis where there is one. */
  readonly queues: readonly QueuePlace[];
  /** A migrated, empty database. */
  createDatabase(): Promise<string>;
  stop(): Promise<void>;
}

const TEMPLATE = 'migrated';

export async function startMachine(settings: PostgresOptions['settings'] = {}): Promise<Machine> {
  const [postgres, redis] = await Promise.all([startPostgres({ settings }), redisForTests({})]);
  await postgres.createDatabase(TEMPLATE);
  await applyMigrations({ connectionString: postgres.url(TEMPLATE) });
  const queues: QueuePlace[] = [{ name: 'Postgres', redis: null }];
  if (redis?.local) queues.push({ name: 'Redis', redis: redis.local });
  let databases = 0;
  return {
    postgres,
    queues,
    async createDatabase() {
      databases += 1;
      const name = `test_${databases}`;
      await postgres.createDatabase(name, { template: TEMPLATE });
      return postgres.url(name);
    },
    async stop() {
      await Promise.all([postgres.stop(), redis?.stop()]);
    },
  };
}
