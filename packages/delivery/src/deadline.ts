/** An attempt took longer than its timeout. */
export class DeadlineError extends Error {
  override readonly name = 'DeadlineError';
  constructor(readonly timeoutMs: number) {
    super(`No answer within ${timeoutMs} ms`);
  }
}

/**
 * Runs `work` with a signal that aborts after `timeoutMs` with a {@link DeadlineError}, or together with `signal` and
 * its reason. The work has to stop when its signal aborts. If it fails after that, the reason of the abort is thrown.
 */
export async function withDeadline<T>(
  timeoutMs: number,
  signal: AbortSignal,
  work: (ending: AbortSignal) => Promise<T>,
): Promise<T> {
  signal.throwIfAborted();
  const ending = new AbortController();
  const timer = setTimeout(() => ending.abort(new DeadlineError(timeoutMs)), timeoutMs);
  // Not AbortSignal.any(): the caller's signal may live as long as the process, and would collect listeners.
  const abort = () => ending.abort(signal.reason);
  signal.addEventListener('abort', abort, { once: true });
  try {
    return await work(ending.signal);
  } catch (error) {
    throw ending.signal.aborted ? ending.signal.reason : error;
  } finally {
    clearTimeout(timer);
    signal.removeEventListener('abort', abort);
  }
}
