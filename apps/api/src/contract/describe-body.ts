import type { Json } from './describe-answers.js';

const file = { type: 'string', format: 'binary' };

/** The body of a route that takes a file: the file itself, or a form that holds it. */
export const fileBody: Json = {
  content: {
    'text/csv': { schema: file },
    'application/octet-stream': { schema: file },
    'multipart/form-data': {
      schema: {
        type: 'object',
        description: 'The file, and before it fields with the names of the query parameters.',
        required: ['file'],
        properties: { file },
        additionalProperties: { type: 'string' },
      },
    },
  },
};
