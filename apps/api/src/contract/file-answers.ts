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

/** How the rows of a file were read: what `mapKeys` of csv-core needs to read a corrected row in the same way. */
export const fileReading = z
  .strictObject({
    file: count.meta({ description: 'Its number in the upload, from 0.' }),
    platform: z.string(),
    columns: z
      .array(columnAssignment)
      .nullable()
      .meta({ description: 'What a person or the file has said; null where the platform decides it.' }),
    dateOrders: z
      .array(dateOrder.pick({ position: true, source: true }).extend({ order: z.enum(['dmy', 'mdy']) }))
      .meta({ description: 'Of the columns whose order of day and month is known.' }),
    decimalMark: z.enum(['.', ',']).nullable(),
    damage: z
      .strictObject({
        rowCount: count,
        decodedTwice: z.array(z.strictObject({ position: count, encoding: z.string() })),
        decimalIds: z
          .array(count)
          .meta({ description: 'Columns whose whole numbers are written as 1001.0.' }),
        nullWords: z.array(z.strictObject({ position: count, word: z.string(), count })),
        suspects: z.array(count).meta({ description: 'Columns with a cell that may be damaged.' }),
      })
      .nullable()
      .meta({ description: 'What other programs did to the file; null when it was not looked for.' }),
    repair: z.boolean().meta({ description: 'Whether that damage is repaired.' }),
    isSheet: z.boolean().meta({ description: 'Whether the rows are those of a workbook.' }),
  })
  .meta({ id: 'FileReading' });

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
