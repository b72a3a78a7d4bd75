import { z } from 'zod';
import { detectionSchema, fileSchema } from './file-answer.js';

/**
 * The answers of the API, as far as the CLI uses them. They are validated, because `import` talks to any Pledgeline,
 * which may be older or newer.
 */
export const acceptedUploadSchema = z.object({
  id: z.string(),
  status: z.string(),
  /** The upload that has the same content, which is this one; only where the file was sent before. */
  duplicateOf: z.string().optional(),
});

/** The files of an upload whose columns are unknown, by their number in the upload. */
export const unknownFilesSchema = z.object({ files: z.array(z.object({ file: z.number() })) });

const issueSchema = z.object({
  /** The name of the file in the archive, or of the sheet. APIs from before archives do not send it. */
  file: z.string().nullable().default(null),
  /** Null when the issue is about the file as a whole. */
  row: z.number().nullable(),
  line: z.number().nullable(),
  column: z.string().nullable(),
  code: z.string(),
  message: z.string(),
  value: z.string().nullable(),
  severity: z.enum(['error', 'warning']),
});

const issueGroupSchema = z.object({
  code: z.string(),
  severity: z.enum(['error', 'warning']),
  column: z.string().nullable(),
  count: z.number(),
  examples: z.array(issueSchema),
});

export const issueSummarySchema = z.object({ groups: z.array(issueGroupSchema) });

/** All issues of one code and column. */
export type IssueGroup = z.infer<typeof issueGroupSchema>;

/** Whether the issues are about a file as a whole, not about its rows. */
export function isAboutFiles({ examples }: IssueGroup): boolean {
  return examples[0]?.row === null;
}

const outcomesSchema = z.object({ created: z.number(), updated: z.number(), unchanged: z.number() });

/** How many records of one type were created, updated and unchanged. */
export type Outcomes = z.infer<typeof outcomesSchema>;

const pledgeTotalSchema = z.object({
  currency: z.string().nullable(),
  status: z.string(),
  pledges: z.number(),
  amount: z.string().regex(/^-?\d+(?:\.\d+)?$/),
});

/** Pledges of one currency and status. */
export type PledgeTotal = z.infer<typeof pledgeTotalSchema>;

const productUnitsSchema = z.object({
  kind: z.string(),
  key: z.string(),
  name: z.string(),
  units: z.number(),
  /** How many of them are not paid yet; null in statistics of an older release. */
  unpaid: z.number().nullable(),
});

/** Units of one product that are owed to backers. */
export type ProductUnits = z.infer<typeof productUnitsSchema>;

const repairSchema = z.object({
  file: z.string().nullable(),
  column: z.string(),
  kind: z.string(),
  repaired: z.boolean(),
  count: z.number(),
  examples: z.array(z.object({ line: z.number(), before: z.string(), after: z.string().nullable() })),
});

/** Damage that other programs did to the cells of one column. */
export type Repair = z.infer<typeof repairSchema>;

const statisticsSchema = z.object({
  upload: z.object({
    records: z.object({
      backers: outcomesSchema,
      products: outcomesSchema,
      pledges: outcomesSchema,
      surveys: outcomesSchema,
    }),
    repairs: z.array(repairSchema),
  }),
  campaign: z.object({
    totals: z.array(pledgeTotalSchema),
    units: z.array(productUnitsSchema),
    unitStatuses: z.array(z.string()),
    unpaidStatuses: z.array(z.string()),
    backersWithoutPledge: z.number(),
  }),
});

/** What an upload has changed, and what its campaign holds after it. */
export type Statistics = z.infer<typeof statisticsSchema>;

const notificationSchema = z.object({ type: z.string(), title: z.string(), sentences: z.array(z.string()) });

export const notificationsSchema = z.object({ notifications: z.array(notificationSchema) });

/** A notification of the merchant. */
export type Notification = z.infer<typeof notificationSchema>;

const instantSchema = z.iso.datetime({ offset: true }).nullable();

export const uploadSchema = z.object({
  id: z.string(),
  campaign: z.string(),
  filename: z.string().nullable(),
  status: z.enum(['PENDING', 'PROCESSING', 'COMPLETED', 'FAILED', 'NEEDS_MAPPING', 'CANCELED']),
  sealed: z.boolean(),
  platform: z.string().nullable(),
  confidence: z.number().nullable(),
  detection: detectionSchema.nullable(),
  /** In the order of the upload; empty until the file has arrived. APIs from before archives do not send it. */
  files: z.array(fileSchema).default([]),
  failure: z.object({ code: z.string(), message: z.string() }).nullable(),
  byteCount: z.number(),
  rows: z.object({
    total: z.number(),
    imported: z.number(),
    rejected: z.number(),
    // An API of an earlier release leaves no rows out.
    leftOut: z.number().default(0),
    open: z.number(),
  }),
  chunkErrors: z.array(z.string()),
  statistics: statisticsSchema.nullable(),
  createdAt: z.iso.datetime({ offset: true }),
  sealedAt: instantSchema,
  finishedAt: instantSchema,
});

/** One upload, as `GET /v1/uploads/:id` reports it. */
export type Upload = z.infer<typeof uploadSchema>;

/** Problem details (RFC 9457) with our own `code` and `line`. Proxies send fewer members, or something else. */
export const problemSchema = z.object({
  title: z.string().optional(),
  detail: z.string().optional(),
  code: z.string().optional(),
  line: z.number().nullish(),
});
