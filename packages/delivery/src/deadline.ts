/** The attempt took longer than it may. */
export class DeadlineError extends Error {
  override readonly name = 'DeadlineError';
  constructor(readonly timeoutMs: number) {
    super(`No answer within ${timeoutMs} ms`);
  }
}

/**
 * Runs `work` with a signal that aborts after `timeoutMs` with a {@link DeadlineError}, or when `signal` does, with
 * its reason. The work has to heed it, and its failure after that becomes that reason.
 */
export async function withDeadline<T>(
  timeoutMs: number,
  signal: AbortSignal,
  work: (ending: AbortSignal) => Promise<T>,
): Promise<T> {
  signal.throwIfAborted();
  const ending = new AbortController();
  const timer = setTimeout(() => ending.abort(new DeadlineError(timeoutMs)), timeoutMs);
  // Not AbortSignal.any(): in Node 20 a signal that lives as long as the process keeps 2 kB of every one made from it.
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
