import { z } from 'zod';
import { tags } from '../../contract/operation.js';
import { count, id, instant } from '../../contract/values.js';
import { idInPath } from '../../read-query.js';

const params = z.object({ id: idInPath });
const ofFiles = { tags: [tags.uploads] };
const nothing = z.undefined();
const version = z.string().meta({ description: '`1.0.0`', examples: ['1.0.0'] });

/** Headers of every request. */
export const tusRequestHeaders = z.object({ 'Tus-Resumable': version });

export const createHeaders = tusRequestHeaders.extend({
  'Upload-Length': z.string().meta({ description: 'Bytes of the whole file.' }),
  'Upload-Metadata': z.string().meta({
    description:
      'Where the file goes and how it is to be read: the names of the query parameters of `POST /v1/uploads`, each with its value in Base64. `campaign` is required.',
    examples: ['campaign TGFtcA==,filename YmFja2Vycy5jc3Y='],
  }),
});

export const partHeaders = tusRequestHeaders.extend({
  'Upload-Offset': z.string().meta({ description: 'Bytes of the file before this part.' }),
});

/** Headers of every answer. */
export const tusHeaders = { 'Tus-Resumable': '`1.0.0`' };

/** Headers of answers about a file. */
export const fileHeaders = {
  'Upload-Offset': 'Bytes of the file that are here.',
  'Upload-Expires': 'When the file is removed unless it is complete: 24 hours after it was made.',
  'Pledgeline-Upload': 'The id of the upload that the file has become, when it is complete.',
  'Pledgeline-Duplicate-Of':
    'The id of that upload again, if the campaign had its content already and nothing is imported anew.',
};

const resumableFile = z
  .strictObject({
    id,
    offset: count.meta({ description: 'Bytes that are here.' }),
    size: count.meta({ description: 'Bytes of the whole file.' }),
    uploadId: id.nullable().meta({ description: 'The upload that it has become, when it is complete.' }),
    duplicateOf: id
      .nullable()
      .meta({ description: 'The upload again, if the campaign had its content already; else null.' }),
    expiresAt: instant,
  })
  .meta({ id: 'ResumableFile' });

const protocol = 'By the tus protocol 1.0.0 (https://tus.io), so that its clients can be used.';

export const createOperation = {
  ...ofFiles,
  operationId: 'createResumableFile',
  summary: 'Makes a file that is sent in parts, and can be resumed after an interruption',
  description: `${protocol} Its extensions creation, creation-with-upload, expiration and termination are there.`,
  response: { 201: nothing },
};

export const stateOperation = {
  ...ofFiles,
  operationId: 'getResumableFileState',
  summary: 'Shows how much of a file is here, and which upload it has become',
  description: `${protocol} HEAD is answered with the same headers.`,
  params,
  response: { 200: resumableFile },
};

export const partOperation = {
  ...ofFiles,
  operationId: 'sendPartOfResumableFile',
  summary: 'Sends the next part of a file; the last one makes it an upload',
  description: `${protocol} The content type is \`application/offset+octet-stream\`. A complete file is received as by \`POST /v1/uploads\`: if it cannot be read, this is its answer, and the file is gone.`,
  params,
  response: { 204: nothing },
};

export const deleteOperation = {
  ...ofFiles,
  operationId: 'deleteResumableFile',
  summary: 'Removes a file that is not wanted any more; an upload that it has become stays',
  description: protocol,
  params,
  response: { 204: nothing },
};
