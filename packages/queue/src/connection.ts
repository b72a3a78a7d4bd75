/** Where the queue lives. Both kinds keep the same promises; one test suite runs on both. */
export type QueueConnection =
  | {
      readonly kind: 'redis';
      /** `redis://` or `rediss://`; Valkey works too. */
      readonly url: string;
      /** Start on a Redis that may evict jobs, with a warning instead of an error. */
      readonly allowEviction?: boolean;
    }
  | {
      readonly kind: 'postgres';
      readonly connectionString: string;
      /** The Postgres schema that holds the queue's tables; created when missing. Default `bullmq`. */
      readonly schema?: string;
    };
