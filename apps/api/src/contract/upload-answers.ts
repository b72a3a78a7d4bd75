import { pledgeStatusSchema, productKindSchema } from '@pledgeline/csv-core/map';
import { draftKinds, draftStatuses, notMarkedReasons, uploadPhases } from '@pledgeline/db';
import { z } from 'zod';
import { detection, fileReport } from './file-answers.js';
import { issue, repair } from './issue-answer.js';
import { amount, count, currency, id, instant, link, sentence, share, shownStatus } from './values.js';

/** What became of the rows. */
export const rowCounts = z
  .strictObject({
    total: count,
    imported: count,
    rejected: count,
    leftOut: count.meta({ description: 'Rows that are no records, such as sums. Each has a warning.' }),
    open: count.meta({ description: 'Rows whose chunk is not done: waiting, failed or canceled.' }),
  })
  .meta({ id: 'RowCounts' });

const links = z
  .strictObject({
    self: link,
    files: link,
    events: link,
    issues: link,
    issuesSummary: link,
    issuesCsv: link,
    rejected: link,
    mapping: link,
    retry: link,
    cancel: link,
    changes: link,
    apply: link,
    discard: link,
    undo: link,
    redo: link,
    remap: link,
  })
  .meta({ id: 'UploadLinks' });

/** The state of an upload. */
export const uploadStatus = z
  .enum([
    'PENDING',
    'PROCESSING',
    'COMPLETED',
    'FAILED',
    'NEEDS_MAPPING',
    'NEEDS_REVIEW',
    'CANCELED',
    'UNDOING',
    'UNDONE',
    'REMAPPING',
  ])
  .meta({ id: 'UploadStatus' });

const outcomes = z
  .strictObject({ created: count, updated: count, unchanged: count })
  .meta({ id: 'Outcomes' });

const gone = z
  .strictObject({
    marked: count.meta({ description: 'Pledges that are `GONE` since then.' }),
    back: count.meta({ description: 'Pledges that were `GONE` and are not any more.' }),
    notMarked: z.enum(notMarkedReasons).nullable().meta({
      description:
        'Why nothing was marked though the upload is complete: no pledge of it was imported, a part of it was not read, it brings back rejected rows of another file, or a row that has slipped or was rejected does not say for sure which pledge it is.',
    }),
  })
  .meta({
    id: 'GonePledges',
    description: 'Null where the campaign never had an upload that is all of it.',
  });

const ofUpload = z
  .strictObject({
    rows: z.strictObject({ total: count, imported: count, rejected: count, leftOut: count }),
    records: z.strictObject({
      backers: outcomes,
      products: outcomes,
      pledges: outcomes,
      surveys: outcomes,
    }),
    repairs: z.array(repair),
    gone: gone.nullable(),
  })
  .meta({ description: 'What this upload has changed.' });

const ofCampaign = z
  .strictObject({
    totals: z.array(
      z.strictObject({
        currency: currency.nullable(),
        status: shownStatus,
        pledges: count,
        amount,
      }),
    ),
    units: z.array(
      z.strictObject({
        kind: productKindSchema,
        key: z.string(),
        name: z.string(),
        units: count.meta({ description: 'In pledges of all `unitStatuses`.' }),
        unpaid: count.nullable().meta({
          description:
            'How many of the units are in pledges of `unpaidStatuses`. Null in statistics of an older release.',
        }),
      }),
    ),
    unitStatuses: z
      .array(pledgeStatusSchema)
      .meta({ description: 'Statuses of pledges whose units are owed.' }),
    unpaidStatuses: z.array(pledgeStatusSchema).meta({ description: 'Those of them that are not paid yet.' }),
    productCount: count,
    backersWithoutPledge: count,
  })
  .meta({
    description:
      'All that the campaign held after this upload, whichever upload it is from. When an upload that was sent before the end of this one is taken back, brought back or mapped again, it is counted again, and is what the campaign holds from then on.',
  });

const statistics = z
  .strictObject({ upload: ofUpload, campaign: ofCampaign })
  .meta({ id: 'UploadStatistics' });

const failure = z
  .strictObject({ code: z.string().meta({ examples: ['no_header'] }), message: sentence })
  .meta({ id: 'UploadFailure' });

const progress = z
  .strictObject({
    phase: z.enum(uploadPhases),
    percent: z.number().min(0).max(100).meta({
      description:
        'Of the rows, those that are imported, rejected or left out. Never goes back, and is 100 only after the end.',
    }),
    bytesReceived: count.meta({
      description:
        'Of the file, as it is sent. While it is received, those of a few seconds ago; never goes back.',
    }),
    bytesTotal: count.nullable().meta({
      description:
        'Null while the file is received by a request that does not say how long it is, as a form does.',
    }),
    rowsDone: count,
    rowsTotal: count.nullable().meta({ description: 'Null until the file is received to its end.' }),
    rowsPerSecond: count.nullable().meta({ description: 'Over the last 30 seconds; null while unknown.' }),
    secondsLeft: count.nullable().meta({ description: 'Until all rows are done; null while unknown.' }),
  })
  .meta({ id: 'UploadProgress' });

const draft = z
  .strictObject({
    kind: z.enum(draftKinds),
    status: z.enum(draftStatuses),
    error: sentence.nullable().meta({
      description: 'Why it was given up, when it is `FAILED`; else why the last attempt failed, if it did.',
    }),
  })
  .meta({
    id: 'UploadDraft',
    description:
      'What is worked out about its changes, or was last; GET …/changes has all of it. A `REMAP` that is `READY` waits for POST …/apply or …/discard. An `UNDO` that is `FAILED` was given up.',
  });

/** How far an upload is, as its stream says it. */
export const uploadState = z
  .strictObject({ uploadId: id, status: uploadStatus, progress })
  .meta({ id: 'UploadState' });

/** An upload in a list. */
export const uploadSummary = z
  .strictObject({
    id,
    campaignId: id,
    campaign: z.string(),
    filename: z.string().nullable(),
    status: uploadStatus,
    sealed: z.boolean().meta({ description: 'False while bytes arrive.' }),
    review: z.boolean().meta({
      description:
        'Whether it is only compared with the campaign: nothing of it is written, and its imported rows are those that would be.',
    }),
    platform: z.string().nullable(),
    confidence: share.nullable(),
    complete: z.boolean().meta({ description: 'Whether it was sent as the whole campaign.' }),
    fileCount: count,
    failure: failure.nullable(),
    byteCount: count,
    sha256: z.string().nullable(),
    rows: rowCounts,
    chunks: z.strictObject({
      total: count,
      pending: count,
      processing: count,
      completed: count,
      failed: count,
      canceled: count,
    }),
    progress,
    draft: draft.nullable(),
    chunkErrors: z.array(sentence),
    statistics: statistics.nullable(),
    createdAt: instant,
    sealedAt: instant.nullable(),
    startedAt: instant.nullable(),
    finishedAt: instant.nullable(),
    links,
  })
  .meta({ id: 'UploadSummary' });

const files = z.array(fileReport).meta({ description: 'The first ones. GET …/files has all.' });
const detail = sentence
  .nullable()
  .meta({ description: 'What must be known first, while it waits for a mapping; null at any other time.' });

const laterUpload = z
  .strictObject({ uploadId: id, status: uploadStatus, imported: count, rejected: count })
  .meta({ id: 'LaterUpload' });
const madeGoodBy = z.array(laterUpload).meta({
  description:
    'Later uploads of the campaign that bring back its rejected rows, and what became of the rows.',
});

const warnings = z.array(issue).meta({
  description:
    'Look at these at once: the file is older than what the campaign has, and its import replaces newer values; or it was sent as the whole campaign, and nothing is marked as `GONE`. They are among the issues as well.',
});

/** An upload with all details, as every answer about one upload has it. */
export const uploadAnswer = uploadSummary
  .extend({ detail, madeGoodBy, warnings, detection: detection.nullable(), files })
  .meta({ id: 'Upload' });

/** The earlier upload of the same content, in the answer to the sender of a file that was here before. */
export const duplicateUpload = uploadAnswer
  .extend({
    detail: sentence,
    duplicateOf: id.meta({ description: 'The upload that has the content: this one.' }),
  })
  .meta({ id: 'DuplicateUpload' });
