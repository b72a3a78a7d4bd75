import { z } from 'zod';

/**
 * Every kind of job with its payload: ids only, never rows or personal data, since people who may not read the tables
 * may be able to read the queue. Old and new workers share a queue during a deploy, so a payload has a version. A
 * version that a worker doesn't know is refused, and the sweep adds the work again.
 */
const payloadSchemas = {
  'process-chunk': z.object({ version: z.literal(1), uploadId: z.uuid(), chunkId: z.uuid() }),
  'work-on-draft': z.object({ version: z.literal(1), draftId: z.uuid() }),
  'deliver-notification': z.object({ version: z.literal(1), deliveryId: z.uuid() }),
  sweep: z.object({ version: z.literal(1) }),
};

/** The name of a kind of job. */
export type JobName = keyof typeof payloadSchemas;

/** The payload of a job, by name. */
export type JobPayloads = { [Name in JobName]: z.infer<(typeof payloadSchemas)[Name]> };

/** What a handler knows besides the payload. */
export type JobContext = {
  /** Aborts when the job's lock is lost (another worker may have it) or the worker has to stop. */
  readonly signal: AbortSignal;
  /** 1 at the first start; a start by a worker that died counts too. */
  readonly attempt: number;
  readonly jobId: string;
};

/** One handler per kind of job: a new kind doesn't compile until it has one. */
export type JobHandlers = {
  [Name in JobName]: (payload: JobPayloads[Name], context: JobContext) => Promise<void>;
};

export const jobPayloads: { readonly [Name in JobName]: z.ZodType<JobPayloads[Name]> } = payloadSchemas;

export const jobNames: readonly JobName[] = Object.keys(payloadSchemas).filter(
  (name): name is JobName => name in payloadSchemas,
);

/**
 * Each kind has a queue and worker of its own, so that a sweep never waits behind 10,000 chunks. A priority
 * is not enough: it orders the queue, but a sweep would still wait for one of the slots that slow chunks hold.
 */
export function queueName(name: JobName): string {
  return `pledgeline-${name}`;
}
