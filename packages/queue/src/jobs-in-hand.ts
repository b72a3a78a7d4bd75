/** Why a job's signal was aborted; found in `signal.reason`. */
export class JobAbortedError extends Error {
  readonly code = 'job_aborted';

  constructor(readonly reason: 'lock_lost' | 'closing') {
    super(reason === 'closing' ? 'The worker is closing' : 'The lock of this job was lost');
    this.name = 'JobAbortedError';
  }
}

export type JobsInHand = {
  readonly size: number;
  /** Registers a started job and returns the signal that stops it. */
  start(jobId: string): { readonly signal: AbortSignal; finish(): void };
  loseLock(jobId: string): void;
  abortAll(): void;
  /** Resolves when no job is running. */
  whenEmpty(): Promise<void>;
};

/** The jobs that this process works on just now. */
export function createJobsInHand(): JobsInHand {
  const running = new Map<AbortController, string>();
  let onEmpty: (() => void)[] = [];

  const loseLock = (jobId: string): void => {
    for (const [controller, id] of running) {
      if (id === jobId) controller.abort(new JobAbortedError('lock_lost'));
    }
  };

  return {
    get size() {
      return running.size;
    },
    start(jobId) {
      // The job was given to us a second time while its first run goes on: the lock of the first run has expired.
      loseLock(jobId);
      const controller = new AbortController();
      running.set(controller, jobId);
      return {
        signal: controller.signal,
        finish() {
          running.delete(controller);
          if (running.size > 0) return;
          for (const wake of onEmpty) wake();
          onEmpty = [];
        },
      };
    },
    loseLock,
    abortAll() {
      for (const controller of running.keys()) controller.abort(new JobAbortedError('closing'));
    },
    whenEmpty() {
      if (running.size === 0) return Promise.resolve();
      return new Promise((resolve) => {
        onEmpty.push(resolve);
      });
    },
  };
}
