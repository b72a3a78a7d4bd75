import { createClient } from '@pledgeline/client/node';
import { waitUntil } from '@pledgeline/local-services';
import { CliError } from '../cli-error.js';

const PATIENCE_MS = 60_000;

/** Waits until the API reports that it and its database are ready. When the signal aborts, throws its reason. */
export async function waitUntilReady(url: string, signal: AbortSignal): Promise<void> {
  const becameReady = await waitUntil(async () => {
    signal.throwIfAborted();
    return isReady(url, signal);
  }, PATIENCE_MS);
  if (becameReady) return;
  throw new CliError(`The API at ${url} did not become ready in ${PATIENCE_MS / 1000} seconds.`);
}

async function isReady(url: string, signal: AbortSignal): Promise<boolean> {
  try {
    // The question needs no key.
    const api = createClient({ url, key: 'none', retries: 0, timeoutMs: 5_000 });
    await api.get('/readyz', { signal });
    return true;
  } catch {
    // Not listening yet, or aborted; then the next pause throws.
    return false;
  }
}
