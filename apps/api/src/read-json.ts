import type { IncomingMessage } from 'node:http';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import { z } from 'zod';
import type { AppConfig } from './context.js';
import { Problem } from './problem.js';
import { patienceOf, readBody } from './receive/read-pieces.js';

/** In bytes. No valid request has a longer body. */
const MAX_BYTES = 1024 * 1024;

const JSON_TYPE = /^application\/(?:json|[\w.+-]+\+json)$/;

/** A schema for an object with these members only, so that no typo is ignored silently. */
export const jsonObject = <Shape extends z.core.$ZodLooseShape>(shape: Shape) =>
  z.strictObject(shape, {
    error: ({ code }) =>
      code === 'unrecognized_keys'
        ? `there is no such member; there are ${Object.keys(shape).join(', ')}`
        : 'must be an object',
  });

/**
 * Reads the body as JSON where a route has a schema for it. Other routes read the body themselves, as a stream. A client
 * that is as slow as no upload may be is cut off.
 */
export function readJsonBodies(app: FastifyInstance, config: AppConfig): void {
  app.removeAllContentTypeParsers();
  app.addContentTypeParser('*', async (request: FastifyRequest, raw: IncomingMessage) => {
    if (request.routeOptions.schema?.body === undefined) return undefined;
    requireJson(request);
    return parseJson(await readText(raw, config));
  });
}

/** @throws Problem `unsupported_media_type` for a body that says to be something else; many clients name no type of an empty one */
function requireJson({ headers }: FastifyRequest): void {
  const [type = ''] = (headers['content-type'] ?? '').toLowerCase().split(';', 1);
  if (type === '' || headers['content-length'] === '0' || JSON_TYPE.test(type.trim())) return;
  throw new Problem(
    'unsupported_media_type',
    `"${type.slice(0, 100)}" is not accepted here. Send the body as application/json. With curl: -H "Content-Type: application/json".`,
    // RFC 9110, section 15.5.16.
    { headers: { accept: 'application/json' } },
  );
}

/** @throws Problem `invalid_request` */
function parseJson(text: string): unknown {
  if (text.trim() === '') return undefined;
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (cause) {
    throw new Problem('invalid_request', 'The body is not JSON.', { cause });
  }
  // Fastify would take it for a body that is missing.
  if (value === null) throw new Problem('invalid_request', 'The body must be an object.');
  return value;
}

async function readText(raw: IncomingMessage, config: AppConfig): Promise<string> {
  const pieces: Uint8Array[] = [];
  let length = 0;
  for await (const piece of readBody(raw, patienceOf(config))) {
    length += piece.length;
    if (length > MAX_BYTES) {
      throw new Problem(
        'body_too_large',
        `The body is longer than ${MAX_BYTES} bytes. No request needs so long a one; a file goes to POST /v1/uploads.`,
      );
    }
    pieces.push(piece);
  }
  return Buffer.concat(pieces).toString('utf8');
}
