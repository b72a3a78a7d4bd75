import { z } from 'zod';
import { count, ordinal, sentence } from './values.js';

const severity = z.enum(['error', 'warning']);

/** What is wrong with a file, or with one of its rows. */
export const issue = z
  .strictObject({
    file: z
      .string()
      .nullable()
      .meta({ description: 'Path in the archive, or the sheet; null for one plain file.' }),
    row: ordinal.nullable().meta({ description: 'Counted over all files; null for a file as a whole.' }),
    line: ordinal.nullable().meta({ description: 'As a text editor counts; null for a file as a whole.' }),
    column: z.string().nullable(),
    code: z.string().meta({ examples: ['invalid_email'] }),
    message: sentence.meta({ description: 'What is wrong, and what to do.' }),
    value: z.string().nullable(),
    severity: severity.meta({ description: '`error`: the row is rejected. `warning`: it is imported.' }),
  })
  .meta({
    id: 'Issue',
    examples: [
      {
        file: null,
        row: 3,
        line: 4,
        column: 'Email',
        code: 'invalid_email',
        message: 'This is not an e-mail address. Write it like name@example.com.',
        value: 'not an address',
        severity: 'error',
      },
    ],
  });

/** Issues of one code and column. */
export const issueGroup = z
  .strictObject({
    code: z.string(),
    severity,
    column: z.string().nullable(),
    count,
    examples: z.array(issue),
  })
  .meta({ id: 'IssueGroup' });

/** Damage that other programs did to the cells of a column. */
export const repair = z
  .strictObject({
    file: z.string().nullable(),
    column: z.string(),
    kind: z.string().meta({ examples: ['decoded_twice'] }),
    repaired: z.boolean(),
    count,
    examples: z.array(z.strictObject({ line: ordinal, before: z.string(), after: z.string().nullable() })),
  })
  .meta({ id: 'Repair' });
