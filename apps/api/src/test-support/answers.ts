import { z } from 'zod';

const acceptedSchema = z.looseObject({
  id: z.string(),
  campaign: z.string(),
  campaignId: z.string(),
  rows: z.looseObject({ total: z.number() }),
  links: z.record(
    z.enum([
      'self',
      'files',
      'events',
      'issues',
      'issuesSummary',
      'issuesCsv',
      'rejected',
      'mapping',
      'retry',
      'cancel',
      'changes',
      'apply',
      'discard',
      'undo',
      'redo',
      'remap',
    ]),
    z.string(),
  ),
});

const problemSchema = z.looseObject({
  code: z.string(),
  status: z.number(),
  uploadId: z.string().optional(),
  requestId: z.string().optional(),
});

/** Parses the answer to an accepted upload. */
export async function readAccepted(response: Response) {
  return acceptedSchema.parse(await response.json());
}

/** Reads the id of the thing that an answer is about. */
export async function readId(response: Response): Promise<string> {
  return z.looseObject({ id: z.string() }).parse(await response.json()).id;
}

/** Parses problem details. */
export async function readProblem(response: Response) {
  return problemSchema.parse(await response.json());
}
