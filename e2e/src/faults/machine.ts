import { applyMigrations } from '@pledgeline/db';
import {
  type LocalPostgres,
  type LocalRedis,
  type PostgresOptions,
  redisForTests,
  startPostgres,
} from '@pledgeline/local-services';

/** Where the queue is. */
export interface QueuePlace {
  readonly name: 'Postgres' | 'Redis';
  /** Null when the queue is on Postgres. */
  readonly redis: LocalRedis | null;
}

/** The servers of one test file, which no other file uses, so tests may break them. */
export interface Machine {
  readonly postgres: LocalPostgres;
  /** Postgres, and Redis where a `redis-server` was found. */
  readonly queues: readonly QueuePlace[];
  /** Creates a migrated, empty database and returns its URL. */
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
