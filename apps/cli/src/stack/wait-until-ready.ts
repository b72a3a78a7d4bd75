import { CliError } from '../cli-error.js';
import { pause } from './pause.js';

const PATIENCE_MS = 60_000;

/** Waits until the API reports that it and its database are ready. When the signal aborts, throws its reason. */
export async function waitUntilReady(url: string, signal: AbortSignal): Promise<void> {
  for (const deadline = Date.now() + PATIENCE_MS; Date.now() < deadline; await pause(50, signal)) {
    if (await isReady(url, signal)) return;
  }
  throw new CliError(`The API at ${url} did not become ready in ${PATIENCE_MS / 1000} seconds.`);
}

async function isReady(url: string, signal: AbortSignal): Promise<boolean> {
  try {
    const response = await fetch(`${url}/readyz`, {
      signal: AbortSignal.any([signal, AbortSignal.timeout(5_000)]),
    });
    await response.arrayBuffer();
    return response.ok;
  } catch {
    // Not listening yet, or aborted; then the next pause throws.
    return false;
  }
}
