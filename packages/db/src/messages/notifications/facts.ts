import { z } from 'zod';

/** Everything that a merchant gets messages about. */
export const notificationEvents = [
  'upload.completed',
  'upload.failed',
  'upload.canceled',
  'upload.needs_mapping',
  'upload.needs_review',
  'upload.undone',
  'webhook.disabled',
] as const;

export type NotificationEvent = (typeof notificationEvents)[number];

/** The outcomes of an upload: states that end it, and those in which it waits for the merchant. */
export const outcomeStatuses = [
  'COMPLETED',
  'FAILED',
  'CANCELED',
  'NEEDS_MAPPING',
  'NEEDS_REVIEW',
  'UNDONE',
] as const;

/** The state of an upload when the message was written: the numbers of its report at that moment. */
export interface UploadFacts {
  readonly kind: 'upload';
  readonly status: (typeof outcomeStatuses)[number];
  readonly filename: string | null;
  readonly campaignId: string;
  readonly campaign: string;
  readonly rows: {
    readonly total: number;
    readonly imported: number;
    readonly rejected: number;
    /** Rows that are no records, such as sums below the pledges. */
    readonly leftOut: number;
    /** Neither imported nor rejected nor left out. */
    readonly open: number;
  };
  /** How many pledges became GONE because of it, and how many came back. */
  readonly gone: { readonly marked: number; readonly back: number };
  /** Why it failed; null when it did not. */
  readonly failure: { readonly code: string; readonly message: string } | null;
  /** The first {@link maxUnknownFiles} files with unknown columns; a name is null when the upload is no archive. */
  readonly unknownFiles: readonly { readonly name: string | null; readonly reasons: readonly string[] }[];
  readonly unknownFileCount: number;
  /** What is assumed because the files do not say it, each once, as sentences; at most {@link maxAssumptions}. */
  readonly assumptions: readonly string[];
  /** Whether it is a workbook, so that skipped parts are called sheets and not files. */
  readonly isWorkbook: boolean;
  readonly fileIssues: FileIssueFacts;
}

/** How many assumptions a message names. */
export const maxAssumptions = 5;

/** How many questions a message repeats of a file. */
export const maxQuestions = 3;

/** An archive may hold hundreds of files; the mapping of the upload lists them all. */
export const maxUnknownFiles = 10;

/** What was found while the files of an upload were received; not what is wrong with rows. */
export interface FileIssueFacts {
  readonly count: number;
  /** How many of them are errors: files that could not be read. */
  readonly errors: number;
  /** The codes, each once. */
  readonly codes: readonly string[];
  /**
   * The first {@link maxNamedIssues}: errors before warnings, and one of each code before more of the same. `file` is null
   * when the upload is one plain file.
   */
  readonly first: readonly {
    readonly file: string | null;
    readonly code: string;
    readonly message: string;
  }[];
}

/** The issues of the upload list them all. */
export const maxNamedIssues = 3;

/** A webhook endpoint that was switched off, and why. */
export interface EndpointFacts {
  readonly kind: 'endpoint';
  readonly endpointId: string;
  /** Only the host of its URL, whose path may be a secret. */
  readonly host: string;
  /** As given by the merchant; may be blank. */
  readonly description: string;
  /** `gone`: it answered 410. `failing`: every attempt failed for as long as a message is tried. */
  readonly reason: 'gone' | 'failing';
}

/** The contents of a message as values. */
export type NotificationFacts = UploadFacts | EndpointFacts;

const rowsSchema = z.object({
  total: z.number(),
  imported: z.number(),
  rejected: z.number(),
  // Missing in messages of the release before.
  leftOut: z.number().default(0),
  open: z.number(),
});

const fileIssuesSchema = z.object({
  count: z.number(),
  errors: z.number(),
  codes: z.array(z.string()),
  first: z.array(z.object({ file: z.string().nullable(), code: z.string(), message: z.string() })),
});

const factsSchema: z.ZodType<NotificationFacts> = z.discriminatedUnion('kind', [
  z.object({
    kind: z.literal('upload'),
    status: z.enum(outcomeStatuses),
    filename: z.string().nullable(),
    campaignId: z.string(),
    campaign: z.string(),
    rows: rowsSchema,
    // Missing in messages of the release before.
    gone: z.object({ marked: z.number(), back: z.number() }).default({ marked: 0, back: 0 }),
    failure: z.object({ code: z.string(), message: z.string() }).nullable(),
    unknownFiles: z.array(z.object({ name: z.string().nullable(), reasons: z.array(z.string()) })),
    unknownFileCount: z.number(),
    // Missing in messages of releases before.
    assumptions: z.array(z.string()).default([]),
    isWorkbook: z.boolean().default(false),
    fileIssues: fileIssuesSchema.default({ count: 0, errors: 0, codes: [], first: [] }),
  }),
  z.object({
    kind: z.literal('endpoint'),
    endpointId: z.string(),
    host: z.string(),
    description: z.string(),
    reason: z.enum(['gone', 'failing']),
  }),
]);

/**
 * Reads the facts of a stored message. Null where another release wrote it, without facts or with facts that this one does
 * not understand: then its text is shown. An unreadable message must not make the whole list fail.
 */
export function readFacts(json: unknown): NotificationFacts | null {
  return factsSchema.safeParse(json).data ?? null;
}
