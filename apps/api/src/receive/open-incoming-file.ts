import type { FastifyReply, FastifyRequest } from 'fastify';
import type { AppConfig } from '../context.js';
import { Problem } from '../problem.js';
import { openForm } from './form-file.js';
import type { IncomingFile } from './incoming-file.js';
import { tooLarge } from './meter.js';
import { patienceOf, readBody } from './read-pieces.js';

/**
 * Content types of bodies that were certainly meant for something else. Apart from these, only the bytes decide what a
 * file is: the types that browsers send differ by machine, and `curl -T` sends none.
 */
const otherTypes =
  /^(?:application\/(?:json|.+\+json|x-www-form-urlencoded)|(?:multipart|image|audio|video|font)\/.+)$/;

/** Accepted content encodings. Whether a body is gzip shows in its first bytes, so a wrong header does no harm. */
const contentEncodings: readonly string[] = ['identity', 'gzip', 'x-gzip'];

/**
 * Finds the file in a request, or throws why its body cannot be accepted.
 *
 * @throws Problem `unsupported_media_type`, `unsupported_encoding`, `upload_too_large`, `missing_file`,
 * `invalid_multipart` or `upload_interrupted`
 */
export async function openIncomingFile(
  request: FastifyRequest,
  reply: FastifyReply,
  config: AppConfig,
): Promise<IncomingFile> {
  const type = request.headers['content-type']?.split(';')[0]?.trim().toLowerCase();
  const isForm = type === 'multipart/form-data';
  if (type !== undefined && !isForm && otherTypes.test(type)) throw unsupportedType(type);
  const encoding = request.headers['content-encoding']?.trim().toLowerCase() ?? 'identity';
  if (!contentEncodings.includes(encoding)) {
    throw new Problem('unsupported_encoding', 'Send the file as it is, or with "Content-Encoding: gzip".', {
      // RFC 9110, section 12.5.3: tells the client what to use instead.
      headers: { 'accept-encoding': 'gzip' },
    });
  }
  // The length of a form is not that of its file, so only a plain body can be refused by its Content-Length.
  if (!isForm && (contentLength(request) ?? 0) > config.MAX_UPLOAD_BYTES) {
    throw tooLarge(config.MAX_UPLOAD_BYTES);
  }
  if (request.headers.expect !== undefined) reply.raw.writeContinue();
  const patience = patienceOf(config);
  return isForm
    ? openForm(request, patience)
    : { filename: undefined, fields: {}, pieces: readBody(request.raw, patience) };
}

/** How many bytes the body of a request has, as it says itself. */
export function contentLength({ headers }: FastifyRequest): number | undefined {
  const text = headers['content-length'];
  return text === undefined ? undefined : Number(text);
}

function unsupportedType(type: string): Problem {
  // The default type of `curl --data-binary`.
  const hint = type === 'application/x-www-form-urlencoded' ? ' With curl: -H "Content-Type: text/csv".' : '';
  return new Problem(
    'unsupported_media_type',
    `"${type.slice(0, 100)}" is not accepted. Send the file as text/csv or application/octet-stream, or in a multipart/form-data form.${hint}`,
  );
}
