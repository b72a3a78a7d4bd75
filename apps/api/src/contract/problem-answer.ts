import { keyScopes } from '@pledgeline/db';
import { z } from 'zod';
import { problemCodes } from '../problem.js';
import { id, link } from './values.js';

/** Problem details (RFC 9457), as every error is answered. */
export const problemAnswer = z
  .strictObject({
    type: z.string().meta({ format: 'uri', examples: ['urn:pledgeline:problem:upload_not_found'] }),
    title: z.string().meta({ examples: ['No such upload'] }),
    status: z.number().meta({ type: 'integer', minimum: 400, maximum: 599, examples: [404] }),
    detail: z.string().meta({
      description: 'What is wrong, and what to do.',
      examples: ['There is no such upload; GET /v1/uploads lists those there are.'],
    }),
    code: z.enum(problemCodes).meta({
      description: 'What programs may rely on: a code never changes its meaning.',
      examples: ['upload_not_found'],
    }),
    parameters: z
      .array(z.strictObject({ name: z.string(), message: z.string() }))
      .optional()
      .meta({ description: 'The parameters, headers or members of the body that are wrong.' }),
    line: z
      .number()
      .nullable()
      .optional()
      .meta({ description: 'The line of the file that cannot be read, from 1.' }),
    file: z
      .string()
      .nullable()
      .optional()
      .meta({ description: 'The file of the archive, or the sheet, that cannot be read.' }),
    uploadId: id.optional().meta({ description: 'The upload that failed, or that has the idempotency key.' }),
    campaignId: id.optional().meta({ description: 'The campaign that has the name.' }),
    maxBytes: z.number().optional().meta({ description: 'How large the file may be.' }),
    links: z.record(z.string(), link).optional().meta({ description: 'The addresses of that upload.' }),
    platforms: z.array(z.string()).optional().meta({ description: 'The platforms that are known.' }),
    neededScope: z.enum(keyScopes).optional().meta({ description: 'The scope that a key needs for this.' }),
    files: z
      .array(
        z.strictObject({
          file: z.number(),
          name: z.string().nullable(),
          sheet: z.string().nullable(),
          rejected: z.number(),
          link,
        }),
      )
      .optional()
      .meta({ description: 'The files of the upload from which one has to be chosen.' }),
    missing: z.array(z.string()).optional().meta({ description: 'The migrations that the database lacks.' }),
    requestId: id.meta({ description: 'Names the request in our log, as the header X-Request-Id does.' }),
  })
  .meta({
    id: 'Problem',
    examples: [
      {
        type: 'urn:pledgeline:problem:upload_not_found',
        title: 'No such upload',
        status: 404,
        detail: 'There is no such upload; GET /v1/uploads lists those there are.',
        code: 'upload_not_found',
        requestId: '2f1c8f0e-6f0a-4c39-9a57-0d1b5a6e7c11',
      },
    ],
  });
