import { setTimeout as sleep } from 'node:timers/promises';

/** Asks `/healthz` again and again while something else goes on. */
export interface HealthProbe {
  /** Stops asking, and returns the longest time that an answer took, in ms. */
  stop(): Promise<number>;
}

/** Asks the same thing again and again while something else goes on. */
export interface Probe {
  /** Stops asking. */
  stop(): Promise<ProbeResult>;
}

export interface ProbeResult {
  /** The longest time that an answer took, in ms. */
  readonly longestMs: number;
  /** Every status that there was, once. */
  readonly statuses: readonly number[];
}

const ASK_EVERY_MS = 25;

export function startProbe(ask: () => Promise<Response>): Probe {
  const stopped = new AbortController();
  const statuses = new Set<number>();
  let longest = 0;
  const asking = (async () => {
    while (!stopped.signal.aborted) {
      const begun = performance.now();
      const answer = await ask();
      await answer.arrayBuffer();
      statuses.add(answer.status);
      longest = Math.max(longest, performance.now() - begun);
      await sleep(ASK_EVERY_MS);
    }
  })();
  // Its failure is thrown by `stop`.
  asking.catch(() => undefined);
  return {
    async stop() {
      stopped.abort();
      await asking;
      return { longestMs: Math.round(longest), statuses: [...statuses] };
    },
  };
}

export function startHealthProbe(apiUrl: string): HealthProbe {
  const probe = startProbe(() => fetch(`${apiUrl}/healthz`));
  return {
    stop: async () => (await probe.stop()).longestMs,
  };
}
