/** The queue's server can't be reached, or doesn't answer in time. Nothing is known to have been added. */
export class QueueUnavailableError extends Error {
  readonly code = 'queue_unavailable';

  constructor(message: string, options?: ErrorOptions) {
    super(message, options);
    this.name = 'QueueUnavailableError';
  }
}

/** This Redis may drop jobs to make room. A setting has to be corrected, so retrying is useless. */
export class EvictionPolicyError extends Error {
  readonly code = 'eviction_policy';

  constructor(readonly policy: string) {
    super(
      `Redis may evict jobs: its maxmemory-policy is "${policy}". Set it to "noeviction" ` +
        '(redis.conf: "maxmemory-policy noeviction"; on a managed Redis, the same setting in its panel).',
    );
    this.name = 'EvictionPolicyError';
  }
}

/** A thrown value of any type as an Error, to be used as a `cause`. */
export function toError(thrown: unknown): Error {
  return thrown instanceof Error ? thrown : new Error(String(thrown));
}
