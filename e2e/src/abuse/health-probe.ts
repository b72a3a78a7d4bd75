import { setTimeout as sleep } from 'node:timers/promises';

/** Asks `/healthz` again and again while something else goes on. */
export interface HealthProbe {
  /** Stops asking, and returns the longest time that an answer took, in ms. */
  stop(): Promise<number>;
}

const ASK_EVERY_MS = 25;

export function startHealthProbe(apiUrl: string): HealthProbe {
  let longest = 0;
  let isStopped = false;
  const asking = (async () => {
    while (!isStopped) {
      const begun = performance.now();
      const answer = await fetch(`${apiUrl}/healthz`);
      await answer.arrayBuffer();
      longest = Math.max(longest, performance.now() - begun);
      await sleep(ASK_EVERY_MS);
    }
  })();
  // Its failure is thrown by `stop`.
  asking.catch(() => undefined);
  return {
    async stop() {
      isStopped = true;
      await asking;
      return Math.round(longest);
    },
  };
}
