import type { Upload } from '../contract.js';
import { callJson } from '../request/calls.js';
import type { Connection } from '../request/connection.js';
import { sendAtOnce } from './send-at-once.js';
import { sendInParts } from './send-in-parts.js';
import type { SendableFile } from './sendable-file.js';
import { readOptions, type SentUpload, type UploadOptions } from './upload-options.js';

/**
 * Sends a file. A large one is sent in parts where the API takes them: when the connection breaks, only what has not arrived is
 * sent again. Any other is sent again as a whole, if it can be read again.
 *
 * @throws ProblemError when the file is refused, ConnectionError when there is no answer
 */
export async function uploadFile(
  connection: Connection,
  file: SendableFile,
  options: UploadOptions,
): Promise<SentUpload> {
  const journey = readOptions(file, options);
  const finished = journey.inParts ? await sendInParts(connection, journey) : null;
  if (finished === null) return sendAtOnce(connection, journey);
  const { id, isDuplicate } = finished;
  const input = { path: { id }, signal: journey.signal };
  const upload: Upload = await callJson(connection, 'get', '/v1/uploads/{id}', input);
  return isDuplicate ? { ...upload, duplicateOf: id } : upload;
}
