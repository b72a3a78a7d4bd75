import { once } from 'node:events';

/** Waits for Ctrl-C, or for the end of a service, and throws the reason. */
export async function untilAborted(signal: AbortSignal): Promise<never> {
  if (!signal.aborted) await once(signal, 'abort');
  throw signal.reason;
}
