import { productKindSchema } from '@pledgeline/csv-core/map';
import { changedTypes, changeKinds, draftKinds, draftStatuses, maxChangedUnits } from '@pledgeline/db';
import { z } from 'zod';
import { cursorMembers, cursorParameter } from '../../answers/cursor.js';
import { tags } from '../../contract/operation.js';
import { uploadAnswer, uploadStatus } from '../../contract/upload-answers.js';
import { amount, count, currency, id } from '../../contract/values.js';
import { mappingBodySchema } from '../../mapping/read-mappings.js';
import { idInPath, limitParameter, severalOf, severalParameter } from '../../read-query.js';
import { fieldNames } from './changed-fields.js';

const params = z.object({ id: idInPath });
const ofChanges = { tags: [tags.changes] };

const changedValue = z
  .union([
    z.string(),
    z.array(z.strictObject({ productId: id, quantity: count, unitPrice: amount.nullable() })),
  ])
  .nullable()
  .meta({ description: 'Text, or the items of a pledge; null for none.' });

const recordChange = z
  .strictObject({
    type: z.enum(changedTypes),
    id: id.meta({ description: 'Of the record. A survey has the id of its pledge.' }),
    kind: z.enum(changeKinds),
    name: z.string().meta({
      description: 'What people call it: a name or an e-mail, the number of a pledge, the name of a product.',
      examples: ['ada@example.com'],
    }),
    fields: z.array(
      z.strictObject({
        field: z.string().meta({ examples: ['shippingCity'] }),
        part: z
          .string()
          .nullable()
          .meta({ description: 'The question of a survey, or the header of an extra column.' }),
        before: changedValue,
        after: changedValue,
      }),
    ),
  })
  .meta({ id: 'RecordChange' });

const beforeAfter = z.strictObject({ before: count, after: count });

const kindCounts = z.strictObject({
  created: count,
  changed: count,
  unchanged: count,
  removed: count,
  missing: count,
});

const changeTotals = z
  .strictObject({
    rows: z.strictObject({ total: count, imported: count, rejected: count, leftOut: count }).meta({
      description: 'Of the file. GET …/rejected.csv and GET …/issues have them one by one.',
    }),
    records: z.strictObject({
      backer: kindCounts,
      product: kindCounts,
      pledge: kindCounts,
      survey: kindCounts,
    }),
    campaign: z
      .strictObject({
        pledges: beforeAfter,
        people: beforeAfter,
        money: z.array(
          z.strictObject({
            currency: currency.nullable(),
            status: z.string(),
            pledges: beforeAfter,
            amount: z.strictObject({ before: amount, after: amount }),
          }),
        ),
        units: z
          .array(
            z.strictObject({
              productId: id,
              kind: productKindSchema,
              key: z.string(),
              name: z.string(),
              before: count,
              after: count,
            }),
          )
          .meta({ description: `Of products that are owed more or less units; at most ${maxChangedUnits}.` }),
        changedProducts: count,
      })
      .nullable()
      .meta({
        description:
          'The whole campaign. Null where an upload that was not reviewed is looked at afterwards: other uploads have changed the campaign since.',
      }),
  })
  .meta({ id: 'ChangeTotals' });

export const listOfChanges = {
  ...ofChanges,
  operationId: 'listUploadChanges',
  summary: 'Lists what an upload would change, or has changed',
  description:
    'While the upload waits for a review: what applying it would do, field by field. After its end: what it did. That is worked out from its kept rows when it is asked for the first time, unless it was reviewed; until then `draft.status` is `BUILDING` and the list is empty. While it is taken back, the list is empty as well, and `draft` says how far that is.',
  params,
  querystring: z.strictObject({
    cursor: cursorParameter(z.tuple([z.enum(changedTypes), z.guid()])),
    limit: limitParameter(1_000),
    kind: severalParameter(changeKinds, 'a kind of change')
      .optional()
      .describe(`${severalOf(changeKinds)} All but \`unchanged\`, if it is not given.`),
    type: severalParameter(changedTypes, 'a type of record').optional().describe(severalOf(changedTypes)),
    field: severalParameter(fieldNames, 'a field')
      .optional()
      .describe(
        `Only records of which one of these fields changes. A record that is created or removed is listed under each field in which it has a value. ${severalOf(fieldNames)} \`address\` stands for all of the address.`,
      ),
  }),
  response: {
    200: z.strictObject({
      changes: z.array(recordChange),
      ...cursorMembers,
      status: uploadStatus,
      draft: z
        .strictObject({
          kind: z.enum(draftKinds),
          status: z.enum(draftStatuses),
          outdated: z.boolean().meta({
            description: 'Whether the campaign has changed since. Then it is not applied, but made anew.',
          }),
          percent: z.number().min(0).max(100),
          error: z.string().nullable(),
        })
        .meta({ description: 'What the changes are taken from.' }),
      totals: changeTotals.nullable().meta({ description: 'Null until it is ready.' }),
    }),
  },
};

export const applyOfUpload = {
  ...ofChanges,
  operationId: 'applyUpload',
  summary: 'Imports an upload that was reviewed',
  description:
    'What is applied is what was shown: if the campaign has changed since, the answer is `review_outdated`, and the review is made anew.',
  params,
  response: { 202: uploadAnswer },
};

export const discardOfUpload = {
  ...ofChanges,
  operationId: 'discardUpload',
  summary: 'Ends a review without importing anything',
  params,
  response: { 200: uploadAnswer },
};

export const undoOfUpload = {
  ...ofChanges,
  operationId: 'undoUpload',
  summary: 'Takes an upload back',
  description:
    'The tables become what they would be if it had never been sent. What other uploads said before or after it stays in force; records that only it has named go. Other uploads to the campaign wait meanwhile.',
  params,
  response: { 202: uploadAnswer },
};

export const redoOfUpload = {
  ...ofChanges,
  operationId: 'redoUpload',
  summary: 'Brings back an upload that was taken back',
  params,
  response: { 202: uploadAnswer },
};

export const remapOfUpload = {
  ...ofChanges,
  operationId: 'remapUpload',
  summary: 'Reads the kept rows of an upload again, with other columns',
  description:
    'For an upload that has ended and was mapped wrongly. The tables become what they would be if its columns had been these from the start. With `review: true` nothing is written at first: the upload stays `REMAPPING`, and waits for POST …/apply or …/discard once its `draft` is `READY`. Without `files`, its files are read as the platforms of this release say.',
  params,
  body: mappingBodySchema,
  response: { 202: uploadAnswer },
};
