import { mappedRecordSchema } from '@pledgeline/csv-core/map';
import { z } from 'zod';
import { dateOrder, detection, fileFormat } from '../../contract/file-answers.js';
import { issue, repair } from '../../contract/issue-answer.js';
import { assumption, question, suggestion } from '../../contract/mapping-answers.js';
import { namedSchema } from '../../contract/named-schema.js';
import { count, sentence } from '../../contract/values.js';

const inspectedFile = z
  .strictObject({
    name: z.string().nullable(),
    sheet: z.string().nullable(),
    format: fileFormat,
    headers: z.array(z.string()),
    platform: z.string().nullable(),
    detection,
    columns: z
      .array(
        z.strictObject({
          position: count,
          header: z.string(),
          role: z.string().meta({ examples: ['field'] }),
          field: z.string().nullable(),
        }),
      )
      .nullable()
      .meta({ description: 'Null when the platform was not recognised: then there is a suggestion.' }),
    suggestion: suggestion.nullable(),
    questions: z.array(question),
    assumptions: z.array(assumption),
    dateOrders: z.array(dateOrder),
    rows: z.array(z.array(z.string())).meta({ description: 'The first rows, without secret cells.' }),
    records: z.array(namedSchema(mappedRecordSchema, 'MappedRecord')),
    issues: z.array(issue),
    repairs: z.array(repair),
    rowsSeen: count,
    hasMore: z.boolean(),
  })
  .meta({ id: 'InspectedFile' });

const skippedFile = z
  .strictObject({
    name: z.string(),
    skipped: sentence.meta({ description: 'Why an upload would not read it.' }),
    mayHoldRows: z.boolean(),
    issues: z.array(issue),
  })
  .meta({ id: 'SkippedFile' });

/** What an upload of a file would become. */
export const inspection = z
  .strictObject({
    files: z.array(z.union([inspectedFile, skippedFile])),
    hasMoreFiles: z.boolean().meta({
      description:
        'Whether there may be more files, which were not inspected because the answer is long enough.',
    }),
    isCut: z.boolean().meta({ description: 'Whether only the beginning of the body was read.' }),
    bytesSeen: count,
  })
  .meta({ id: 'Inspection' });
