import type { AbusedApi } from './abused-system.js';
import { startHealthProbe } from './health-probe.js';
import { longestHeldMs, peakMemoryMb } from './measure-program.js';

/** What a piece of work cost an API. */
export interface Measured<T> {
  readonly result: T;
  readonly seconds: number;
  /** The most memory that the process has used since it was started. */
  readonly memoryMb: number;
  /** The longest time for which its event loop was held; 0 if that was never 50 ms. */
  readonly heldMs: number;
  /** The longest time that an answer of `/healthz` took meanwhile. */
  readonly healthMs: number;
}

/** Does work that abuses an API, and measures it. */
export async function measureApi<T>(
  { program, url }: AbusedApi,
  work: () => Promise<T>,
): Promise<Measured<T>> {
  const lines = program.log.length;
  const probe = startHealthProbe(url);
  const begun = performance.now();
  const result = await work();
  const seconds = (performance.now() - begun) / 1_000;
  const healthMs = await probe.stop();
  return {
    result,
    seconds,
    memoryMb: peakMemoryMb(program),
    heldMs: longestHeldMs(program, lines),
    healthMs,
  };
}
