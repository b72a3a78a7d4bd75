import type { FastifySchemaCompiler } from 'fastify';
import type { z } from 'zod';
import './words.js';
import { wrongBody, wrongParameters } from './wrong-input.js';

/** Validates a part of a request with the schema of its route. Wrong input becomes the problem `invalid_request`. */
export const validateInput: FastifySchemaCompiler<z.ZodType> =
  ({ schema, httpPart }) =>
  (input: unknown) => {
    // Fastify hands over null for a body that is not there.
    const parsed = schema.safeParse(input ?? undefined);
    if (parsed.success) return { value: parsed.data };
    return {
      error: httpPart === 'body' ? wrongBody(parsed.error) : wrongParameters(parsed.error, schema),
    };
  };
