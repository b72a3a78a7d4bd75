import type { Multipart, MultipartFile } from '@fastify/multipart';
import type { FastifyRequest } from 'fastify';
import { Problem } from '../problem.js';
import type { IncomingFile } from './incoming-file.js';
import { brokeOff, type Patience, readPieces, waitFor } from './read-pieces.js';

/** One file, and a few short fields before it. The file's size is counted where every file's is. */
const limits = { files: 1, fields: 20, parts: 21, fieldSize: 1_000, fileSize: Number.POSITIVE_INFINITY };

/**
 * Reads a multipart form up to its file.
 *
 * @throws Problem `missing_file`, `invalid_multipart` or `upload_interrupted`
 */
export async function openForm(request: FastifyRequest, patience: Patience): Promise<IncomingFile> {
  const parts = request.parts({ limits });
  const nextPart = () => orProblem(request, () => waitFor(parts.next(), patience.timeoutMs));
  const fields: Record<string, string> = {};
  for (let next = await nextPart(); !next.done; next = await nextPart()) {
    const part: Multipart = next.value;
    if (part.type === 'file') {
      return {
        filename: part.filename || undefined,
        fields,
        pieces: readFilePart(request, part, nextPart, patience),
      };
    }
    if (typeof part.value === 'string') fields[part.fieldname] = part.value;
  }
  throw new Problem(
    'missing_file',
    'The form has no file. Send it in a field named "file", with a file name.',
  );
}

async function* readFilePart(
  request: FastifyRequest,
  { file }: MultipartFile,
  nextPart: () => Promise<IteratorResult<Multipart>>,
  patience: Patience,
): AsyncGenerator<Uint8Array> {
  const pieces = readPieces(file, patience);
  try {
    for (;;) {
      const next = await orProblem(request, () => pieces.next());
      if (next.done) break;
      yield next.value;
    }
    // A form that does not end as it should may be half a file.
    for (let next = await nextPart(); !next.done; next = await nextPart()) refuseAfterFile(next.value);
  } finally {
    // Takes the form's parser off the request; otherwise nobody would read the rest.
    file.destroy();
  }
}

/** By then the file has been read, and not as the field says. */
function refuseAfterFile(part: Multipart): void {
  throw new Problem(
    'invalid_multipart',
    `The field "${part.fieldname.slice(0, 100)}" comes after the file, when the file has been read already. Send fields before it, and one file in a form.`,
  );
}

/** The form's parser fails without codes, so the request is asked: either it came whole, or the form is at fault. */
async function orProblem<T>(request: FastifyRequest, read: () => Promise<T>): Promise<T> {
  try {
    return await read();
  } catch (error) {
    if (error instanceof Problem) throw error;
    if (request.raw.complete === false && request.raw.destroyed) throw brokeOff(error);
    throw new Problem(
      'invalid_multipart',
      'The form is cut off or malformed. Send one file in a field named "file", and "campaign" and "platform" before it.',
      { cause: error },
    );
  }
}
