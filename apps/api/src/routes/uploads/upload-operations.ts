import { issueCodes, platforms } from '@pledgeline/csv-core';
import { noticeCodes } from '@pledgeline/unpack';
import { z } from 'zod';
import { cursorMembers, cursorParameter } from '../../answers/cursor.js';
import { csvAnswer, csvBefore } from '../../contract/export-answers.js';
import { detection, fileReading, fileReport } from '../../contract/file-answers.js';
import { issue, issueGroup } from '../../contract/issue-answer.js';
import { question, suggestion } from '../../contract/mapping-answers.js';
import { tags } from '../../contract/operation.js';
import { duplicateUpload, uploadAnswer, uploadStatus, uploadSummary } from '../../contract/upload-answers.js';
import { count } from '../../contract/values.js';
import { mappingBodySchema } from '../../mapping/read-mappings.js';
import { jsonObject } from '../../read-json.js';
import {
  idCursorParameter,
  idInPath,
  limitParameter,
  lineParameter,
  severalOf,
  severalParameter,
} from '../../read-query.js';
import { sendQuery } from './destination.js';

const params = z.object({ id: idInPath });
const ofUploads = { tags: [tags.uploads] };

/** A position as Postgres counts. */
const position = z
  .int()
  .min(0)
  .max(2 ** 31 - 1);
const fileCursor = cursorParameter(position);
const issueCursor = cursorParameter(z.tuple([z.enum(['file', 'row']), position, position]));

export const sendUpload = {
  ...ofUploads,
  operationId: 'sendUpload',
  summary: 'Sends a file',
  description:
    'The body is the file, whatever its content type says, also with `Content-Encoding: gzip`; or a form. With an `Idempotency-Key` it can be sent again until it is answered, and there will be one upload. Content that the campaign has already is answered with its upload (200), unless `force=true`.',
  querystring: sendQuery,
  response: { 200: duplicateUpload, 202: uploadAnswer },
};

export const listOfUploads = {
  ...ofUploads,
  operationId: 'listUploads',
  summary: 'Lists uploads, newest first',
  querystring: z.strictObject({
    cursor: idCursorParameter,
    limit: limitParameter(200),
    status: severalParameter(uploadStatus.options, 'a status')
      .optional()
      .describe(severalOf(uploadStatus.options)),
    campaign: lineParameter(200).optional().describe('Name or id of a campaign.'),
    platform: severalParameter(
      platforms.map(({ name }) => name),
      'a platform',
    )
      .optional()
      .describe(
        'The platform of all files of the upload; one or several, with commas; GET /v1/platforms lists them.',
      ),
  }),
  response: { 200: z.strictObject({ uploads: z.array(uploadSummary), ...cursorMembers }) },
};

export const showUpload = {
  ...ofUploads,
  operationId: 'getUpload',
  summary: 'Shows an upload: its state, its progress and what it changed',
  params,
  response: { 200: uploadAnswer },
};

export const listOfFiles = {
  ...ofUploads,
  operationId: 'listUploadFiles',
  summary: 'Lists the files of an upload',
  params,
  querystring: z.strictObject({ cursor: fileCursor, limit: limitParameter(200) }),
  response: { 200: z.strictObject({ files: z.array(fileReport), ...cursorMembers }) },
};

export const retryOfUpload = {
  ...ofUploads,
  operationId: 'retryUpload',
  summary: 'Tries failed chunks again',
  params,
  response: { 202: uploadAnswer },
};

export const cancelOfUpload = {
  ...ofUploads,
  operationId: 'cancelUpload',
  summary: 'Cancels the chunks that are not done',
  params,
  response: { 200: uploadAnswer },
};

export const changeOfUpload = {
  ...ofUploads,
  operationId: 'changeUpload',
  summary: 'Renames an upload, or moves it to another campaign',
  description:
    'It can be moved until its import has begun: while it waits for a worker, or for a mapping. It counts as the newest of the campaign then.',
  params,
  body: jsonObject({
    filename: lineParameter(255).optional(),
    campaign: lineParameter(200)
      .optional()
      .meta({ description: 'Name or id. A new name makes a new campaign.', examples: ['Lamp'] }),
  }),
  response: { 200: uploadAnswer },
};

export const deleteOfUpload = {
  ...ofUploads,
  operationId: 'deleteUpload',
  summary: 'Deletes an upload that has ended',
  description:
    'Its files, rejected rows and issues go; the records that it wrote stay, and so do the notifications about it. One that has not ended is canceled first.',
  params,
  response: { 204: z.undefined() },
};

const codes = [...issueCodes, ...noticeCodes];

const issueFilter = {
  code: z.enum(codes, `there is no such code; there are ${codes.join(', ')}`).optional(),
  severity: z.enum(['error', 'warning'], 'must be "error" or "warning"').optional(),
};

export const listOfIssues = {
  ...ofUploads,
  operationId: 'listUploadIssues',
  summary: 'Lists what is wrong with an upload, in file order',
  description: 'Issues about whole files come first. They are there as soon as the upload is sealed.',
  params,
  querystring: z.strictObject({
    cursor: issueCursor,
    limit: limitParameter(1_000),
    ...issueFilter,
  }),
  response: { 200: z.strictObject({ issues: z.array(issue), ...cursorMembers }) },
};

/** The columns of issues as CSV: members of an issue. */
export const issueColumns = [
  'file',
  'row',
  'line',
  'column',
  'severity',
  'code',
  'message',
  'value',
] as const;

export const issuesAsCsv = {
  ...ofUploads,
  operationId: 'exportUploadIssues',
  summary: 'Exports what is wrong with an upload as CSV, with the filters of the list',
  description:
    'UTF-8 with a byte order mark. Cells that a spreadsheet would run as a formula begin with an apostrophe.',
  params,
  querystring: z.strictObject(issueFilter),
  response: { 200: csvAnswer(issueColumns) },
};

const fileNumber = z.coerce
  .number('must be the number of a file, from 0')
  .int('must be the number of a file, from 0')
  .min(0, 'must be the number of a file, from 0')
  .max(1_000_000, 'must be the number of a file');

export const rejectedRows = {
  ...ofUploads,
  operationId: 'exportRejectedRows',
  summary: 'Exports the rejected rows of a file as CSV, to be corrected and sent again',
  description:
    'The columns of the file, after `_line`, `_reasons` and one whose header names the upload. They are taken off again when the file comes back, as are the apostrophes before cells that a spreadsheet would run as a formula. An order of several rows is rejected as a whole, so all its rows are here.',
  params,
  querystring: z.strictObject({
    file: fileNumber
      .optional()
      .describe(
        'The number of the file in the upload, from 0. Needed where several files have rejected rows.',
      ),
  }),
  response: { 200: csvBefore(['_line', '_reasons', '_upload [0-9a-f-]{36}']) },
};

export const readingOfFile = {
  ...ofUploads,
  operationId: 'getFileReading',
  summary: 'Shows how the rows of a file were read, so that a corrected row can be checked before it is sent',
  description:
    'With the function `mapKeys` of `@pledgeline/csv-core`, which is the one that an import uses. `rejected.csv` is read in this way when it comes back.',
  params,
  querystring: z.strictObject({
    file: fileNumber
      .optional()
      .describe(
        'The number of the file in the upload, from 0. Default: the only one that has rejected rows.',
      ),
  }),
  response: { 200: fileReading },
};

export const summaryOfIssues = {
  ...ofUploads,
  operationId: 'summarizeUploadIssues',
  summary: 'Shows issues by code and column, with three examples each',
  params,
  response: { 200: z.strictObject({ groups: z.array(issueGroup) }) },
};

const unknownFile = z
  .strictObject({
    file: count.meta({ description: 'Its number in the upload, from 0.' }),
    name: z.string().nullable(),
    sheet: z.string().nullable(),
    detection: detection.nullable(),
    headers: z.array(z.string()),
    rows: z.array(z.array(z.string())).meta({ description: 'The first rows.' }),
    questions: z.array(question),
    suggestion: suggestion.nullable(),
  })
  .meta({ id: 'UnknownFile' });

export const showMapping = {
  operationId: 'getUploadMapping',
  summary: 'Lists the files with open questions, and suggests what their columns are',
  tags: [tags.mapping],
  params,
  querystring: z.strictObject({
    cursor: fileCursor,
    limit: limitParameter(200),
    all: z
      .enum(['true', 'false'], 'must be "true" or "false"')
      .transform((text) => text === 'true')
      .default(false)
      .describe(
        '`true` lists every file of the upload that was read and whose rows are kept, also those whose columns are known: to read them again with other columns (POST …/remap). GET …/files says what the columns are now.',
      ),
  }),
  response: {
    200: z.strictObject({ status: uploadStatus, files: z.array(unknownFile), ...cursorMembers }),
  },
};

export const putMapping = {
  operationId: 'putUploadMapping',
  summary: 'Says what the columns are; the import begins',
  description:
    'The problem `mapping_incomplete` names columns that look like money, a status or a quantity and are left out, and words that nobody knows.',
  tags: [tags.mapping],
  params,
  body: mappingBodySchema,
  response: { 202: uploadAnswer },
};
