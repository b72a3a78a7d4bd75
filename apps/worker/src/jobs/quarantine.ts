/** How long a chunk that has lost a worker may wait behind others, of which there may be more and more. */
const LOOK_EVERY_MS = 30_000;

/**
 * Lets chunks be processed side by side, and those that have lost a worker alone. Whatever ends the process then has ended it by
 * itself: chunks beside it would be taken for its cause as well.
 */
export interface Quarantine {
  /** Runs work beside other such work, and after all that runs or waits alone. */
  together<T>(work: () => Promise<T>): Promise<T>;
  /** Runs work when no other work of the process runs. */
  alone<T>(work: () => Promise<T>): Promise<T>;
  /** Whether it is time to look for a chunk that has lost a worker before any other. True once in a while. */
  isTimeToLook(): boolean;
}

export function createQuarantine(now: () => number = () => performance.now()): Quarantine {
  const running = new Set<Promise<unknown>>();
  let waitingAlone = 0;
  let lastAlone: Promise<unknown> = Promise.resolve();
  let lookedAt = now();
  return {
    async together(work) {
      while (waitingAlone > 0) await lastAlone;
      const run = work();
      running.add(run);
      try {
        return await run;
      } finally {
        running.delete(run);
      }
    },
    alone(work) {
      waitingAlone += 1;
      const begin = async () => {
        await Promise.allSettled(running);
        return work();
      };
      const run = lastAlone.then(begin).finally(() => {
        waitingAlone -= 1;
      });
      lastAlone = Promise.allSettled([run]);
      return run;
    },
    isTimeToLook() {
      if (now() - lookedAt < LOOK_EVERY_MS) return false;
      lookedAt = now();
      return true;
    },
  };
}
