import { type Job, UnrecoverableError, WaitingError } from 'bullmq';
import { type JobHandlers, type JobName, type JobPayloads, jobPayloads } from './jobs.js';
import type { JobsInHand } from './jobs-in-hand.js';
import type { Logger } from './logger.js';

export type JobRunner = {
  readonly handlers: JobHandlers;
  readonly inHand: JobsInHand;
  readonly logger: Logger;
  /** Aborted as soon as the worker should stop. */
  readonly closing: AbortSignal;
};

/** Gives one delivered job to its handler. */
export async function runJob<Name extends JobName>(
  name: Name,
  { handlers, inHand, logger, closing }: JobRunner,
  job: Job<unknown, void>,
  token: string | undefined,
): Promise<void> {
  // The job was fetched in the moment when the worker began to stop.
  if (closing.aborted) await handBack(job, token);

  const payload = readPayload(name, job, logger);
  const jobId = job.id ?? 'unknown';
  const run = inHand.start(jobId);
  try {
    await handlers[name](payload, { signal: run.signal, attempt: job.attemptsStarted, jobId });
  } catch (error) {
    // Stopping is not the job's fault: it goes back to the queue at once, and no attempt is used up.
    if (closing.aborted && run.signal.aborted) await handBack(job, token);
    throw error;
  } finally {
    run.finish();
  }
}

async function handBack(job: Job<unknown, void>, token: string | undefined): Promise<never> {
  await job.moveToWait(token);
  throw new WaitingError();
}

/** A payload that can't be read now can't be read later either: such a job is not tried again. */
function readPayload<Name extends JobName>(
  name: Name,
  job: Job<unknown, void>,
  logger: Logger,
): JobPayloads[Name] {
  if (job.name !== name) {
    logger.error({ jobId: job.id, jobName: job.name, expected: name }, 'Dropped a job of an unknown kind');
    throw new UnrecoverableError(`The kind of job "${job.name}" is unknown`);
  }
  const read = jobPayloads[name].safeParse(job.data);
  if (read.success) return read.data;
  // Paths and codes only: an unknown payload may hold personal data, which must not get into the log.
  const issues = read.error.issues.map(({ path, code }) => ({ path: path.join('.'), code }));
  logger.error({ jobId: job.id, jobName: name, issues }, 'Dropped a job whose payload fails its schema');
  throw new UnrecoverableError(`The payload of job "${name}" fails its schema`);
}
