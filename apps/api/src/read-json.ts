import type { FastifyRequest } from 'fastify';
import type { z } from 'zod';
import { Problem } from './problem.js';

/** More than any of our requests has to say, in bytes. */
const MAX_BYTES = 1024 * 1024;

/**
 * The body of a request as JSON that fits the schema.
 *
 * @throws Problem `invalid_request` that names every place that is wrong
 */
export async function readJson<Schema extends z.ZodType>(
  { raw }: FastifyRequest,
  schema: Schema,
): Promise<z.output<Schema>> {
  const parsed = schema.safeParse(parseJson(await readText(raw)));
  if (parsed.success) return parsed.data;
  const wrong = parsed.error.issues.map(({ path, message }) => ({ name: path.join('.'), message }));
  const detail = wrong
    .map(({ name, message }) => (name === '' ? message : `"${name}": ${message}`))
    .join('; ');
  throw new Problem('invalid_request', `The body is not as it should be. ${detail}.`, {
    members: { parameters: wrong },
  });
}

async function readText(raw: AsyncIterable<unknown>): Promise<string> {
  const pieces: Uint8Array[] = [];
  let length = 0;
  for await (const piece of raw) {
    if (!(piece instanceof Uint8Array)) continue;
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
