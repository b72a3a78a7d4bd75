import { z } from 'zod';

/** Everything that a merchant gets messages about. */
export const notificationEvents = [
  'upload.completed',
  'upload.failed',
  'upload.canceled',
  'upload.needs_mapping',
  'webhook.disabled',
] as const;

export type NotificationEvent = (typeof notificationEvents)[number];

/** The states of an upload that a merchant hears of: those that end it, and the one in which it waits for them. */
export const outcomeStatuses = ['COMPLETED', 'FAILED', 'CANCELED', 'NEEDS_MAPPING'] as const;

/** Where an upload stood when the message was written: the numbers of its report at that moment. */
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
    /** Neither imported nor rejected. */
    readonly open: number;
  };
  /** Why it failed; null when it did not. */
  readonly failure: { readonly code: string; readonly message: string } | null;
  /** The first {@link maxUnknownFiles} whose columns nobody knows; a name is null when the upload is no archive. */
  readonly unknownFiles: readonly { readonly name: string | null; readonly reasons: readonly string[] }[];
  readonly unknownFileCount: number;
  /** Whether it is a workbook: what was left out of it are sheets then, not files. */
  readonly isWorkbook: boolean;
  readonly fileIssues: FileIssueFacts;
}

/** An archive may hold hundreds of files; the mapping of the upload lists them all. */
export const maxUnknownFiles = 10;

/** What was found while the files of an upload were received; not what is wrong with rows. */
export interface FileIssueFacts {
  readonly count: number;
  /** Of these, errors: files that could not be read. */
  readonly errors: number;
  /** Each once. */
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

/** Why a webhook endpoint gets nothing any more. */
export interface EndpointFacts {
  readonly kind: 'endpoint';
  readonly endpointId: string;
  /** Of its URL, whose path may be a secret. */
  readonly host: string;
  /** What the merchant calls it; may be blank. */
  readonly description: string;
  /** `gone`: it answered 410. `failing`: every attempt failed for as long as a message is tried. */
  readonly reason: 'gone' | 'failing';
}

/** What a message says, as values. */
export type NotificationFacts = UploadFacts | EndpointFacts;

const rowsSchema = z.object({
  total: z.number(),
  imported: z.number(),
  rejected: z.number(),
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
    failure: z.object({ code: z.string(), message: z.string() }).nullable(),
    unknownFiles: z.array(z.object({ name: z.string().nullable(), reasons: z.array(z.string()) })),
    unknownFileCount: z.number(),
    // The release before did not write them.
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
 * Facts as a row holds them. Null where a process of another version wrote the message, without facts or with some that
 * this one does not know: the words are there in any case, and one message must not hide all others.
 */
export function readFacts(json: unknown): NotificationFacts | null {
  return factsSchema.safeParse(json).data ?? null;
}
