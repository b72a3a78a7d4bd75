import {
  assumptionCodes,
  columnAssignmentSchema,
  openQuestionCodes,
  suggestableFieldSchema,
} from '@pledgeline/csv-core/map';
import { z } from 'zod';
import { namedSchema } from './named-schema.js';
import { count, sentence, share } from './values.js';

/** The meaning of a column. */
export const columnAssignment = namedSchema(columnAssignmentSchema, 'ColumnAssignment');

/** What must be said before a file is imported. */
export const question = z
  .strictObject({
    code: z.enum(openQuestionCodes),
    position: count.nullable().meta({ description: 'The column, from 0; null for the file as a whole.' }),
    header: z.string().nullable(),
    message: sentence,
    cells: z.array(z.string()),
  })
  .meta({ id: 'Question' });

/** What a file does not say, and what is assumed instead. */
export const assumption = z
  .strictObject({ code: z.enum(assumptionCodes), message: sentence })
  .meta({ id: 'Assumption' });

const field = namedSchema(suggestableFieldSchema, 'Field');

/** What the columns of a file may be. */
export const suggestion = z
  .strictObject({
    columns: z.array(
      z.object({
        ...columnAssignmentSchema.shape,
        header: z.string(),
        score: share,
        reason: sentence,
        alternatives: z.array(z.strictObject({ as: field, score: share })),
      }),
    ),
    missing: z.array(field).meta({ description: 'Required fields that no column seems to fill.' }),
    confidence: share,
  })
  .meta({ id: 'MappingSuggestion' });
