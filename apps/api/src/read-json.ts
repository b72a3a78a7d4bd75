import type { IncomingMessage } from 'node:http';
import type { FastifyRequest } from 'fastify';
import { z } from 'zod';
import type { AppConfig } from './context.js';
import { Problem } from './problem.js';
import { patienceOf, readBody } from './receive/read-pieces.js';

/** In bytes. No valid request has a longer body. */
const MAX_BYTES = 1024 * 1024;

/** A schema for an object with these members only, so that no typo is ignored silently. */
export const jsonObject = <Shape extends z.core.$ZodLooseShape>(shape: Shape) =>
  z.strictObject(shape, {
    error: ({ code }) =>
      code === 'unrecognized_keys'
        ? `there is no such member; there are ${Object.keys(shape).join(', ')}`
        : 'must be an object',
  });

/**
 * Reads the body of a request as JSON and validates it. A client that is as slow as no upload may be is cut off.
 *
 * @throws Problem `invalid_request` that names every place that is wrong, `upload_interrupted`
 */
export async function readJson<Schema extends z.ZodType>(
  { raw }: FastifyRequest,
  config: AppConfig,
  schema: Schema,
): Promise<z.output<Schema>> {
  return check(parseJson(await readText(raw, config)), schema);
}

/** As {@link readJson}, but a missing body counts as `{}`. */
export async function readOptionalJson<Schema extends z.ZodType>(
  { raw }: FastifyRequest,
  config: AppConfig,
  schema: Schema,
): Promise<z.output<Schema>> {
  const text = await readText(raw, config);
  return check(text.trim() === '' ? {} : parseJson(text), schema);
}

function check<Schema extends z.ZodType>(value: unknown, schema: Schema): z.output<Schema> {
  const parsed = schema.safeParse(value);
  if (parsed.success) return parsed.data;
  const wrong = parsed.error.issues.flatMap((issue) =>
    issue.code === 'unrecognized_keys'
      ? issue.keys.map((key) => ({ name: [...issue.path, key].join('.'), message: issue.message }))
      : [{ name: issue.path.join('.'), message: issue.message }],
  );
  const detail = wrong
    .map(({ name, message }) => (name === '' ? `The body ${message}` : `"${name}": ${message}`))
    .join('; ');
  throw new Problem('invalid_request', `The body is not as it should be: ${detail}.`, {
    members: { parameters: wrong },
  });
}

async function readText(raw: IncomingMessage, config: AppConfig): Promise<string> {
  const pieces: Uint8Array[] = [];
  let length = 0;
  for await (const piece of readBody(raw, patienceOf(config))) {
    length += piece.length;
    if (length > MAX_BYTES)
      throw new Problem('invalid_request', `The body is longer than ${MAX_BYTES} bytes.`);
    pieces.push(piece);
  }
  return Buffer.concat(pieces).toString('utf8');
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (cause) {
    throw new Problem('invalid_request', 'The body is not JSON.', { cause });
  }
}
