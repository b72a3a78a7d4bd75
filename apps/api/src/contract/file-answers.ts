import { z } from 'zod';
import { assumption, columnAssignment, question } from './mapping-answers.js';
import { count, ordinal, sentence, share } from './values.js';

/** From which platform a file is, and why. */
export const detection = z
  .strictObject({
    platform: z.string().nullable(),
    confidence: share,
    reasons: z.array(sentence),
    unknownColumns: z.array(z.string()),
    keepsUnknown: z.boolean().meta({ description: 'Whether cells of unknown columns are kept.' }),
    missingColumns: z.array(z.string()),
    secretColumns: z
      .array(z.string())
      .meta({ description: 'Their cells are blanked before anything is stored.' }),
  })
  .meta({ id: 'Detection' });

/** How the bytes of a file were read. */
export const fileFormat = z
  .strictObject({
    encoding: z
      .strictObject({
        name: z.string().meta({ examples: ['utf-8'] }),
        source: z.enum(['requested', 'bom', 'content', 'assumed']),
        certain: z.boolean().meta({ description: 'False when it is a guess: check a few names.' }),
      })
      .nullable(),
    delimiter: z
      .strictObject({
        value: z.string().meta({ examples: [','] }),
        source: z.enum(['requested', 'sep-line', 'content', 'assumed']),
      })
      .nullable(),
    decimalMark: z.enum(['.', ',']).nullable(),
    headerLine: ordinal,
    titleLines: z.array(ordinal).meta({ description: 'Lines above the header that are no data.' }),
  })
  .meta({ id: 'FileFormat' });

/** In which order a column writes day and month. */
export const dateOrder = z
  .strictObject({
    position: count,
    header: z.string(),
    order: z.enum(['dmy', 'mdy']).nullable().meta({
      description: 'Null: nothing shows it, and rows with ambiguous dates are rejected.',
    }),
    source: z.enum(['requested', 'evidence', 'platform', 'none']),
    ambiguous: count.meta({ description: 'Cells that could be read either way.' }),
    proofs: z.strictObject({ dmy: count, mdy: count }),
    conflicting: z.boolean(),
  })
  .meta({ id: 'DateOrder' });

/** A file of an upload: the upload itself, or a part of an archive or a workbook. */
export const fileReport = z
  .strictObject({
    name: z.string().nullable().meta({ description: 'Path in the archive; null without one.' }),
    sheet: z.string().nullable().meta({ description: 'Name of the sheet; null without a workbook.' }),
    skipped: sentence.nullable().meta({ description: 'Why it was not read; null when it was.' }),
    format: fileFormat.nullable(),
    firstRow: ordinal,
    rowCount: count,
    platform: z.string().nullable(),
    detection: detection.nullable(),
    columns: z.array(columnAssignment).nullable(),
    questions: z.array(question),
    assumptions: z.array(assumption),
    dateOrders: z.array(dateOrder).nullable(),
    issueCount: count.meta({ description: 'Issues about the file itself, not about its rows.' }),
  })
  .meta({ id: 'File' });
