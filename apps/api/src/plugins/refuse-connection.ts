import { STATUS_CODES } from 'node:http';
import type { Socket } from 'node:net';
import { Problem } from '../problem.js';
import { answerHeaders } from './answer-headers.js';

/** Codes of Node's HTTP parser for a request that was too slow. All others mean `invalid_request`. */
const timeoutCodes: readonly string[] = ['ERR_HTTP_REQUEST_TIMEOUT'];

/**
 * Answers bytes that are no HTTP request with problem details and closes the connection. Such bytes may be the rest of
 * a body that was longer than its Content-Length.
 */
export function refuseConnection(error: Error & { readonly code?: string }, socket: Socket): void {
  if (error.code === 'ECONNRESET' || !socket.writable) {
    socket.destroy(error);
    return;
  }
  const problem = timeoutCodes.includes(error.code ?? '')
    ? new Problem('upload_interrupted', 'The request did not arrive in time. Send it again.')
    : new Problem(
        'invalid_request',
        'This is no HTTP request. If it follows an upload, the body was longer than its Content-Length: send the file again.',
      );
  const body = JSON.stringify(problem);
  socket.end(
    [
      `HTTP/1.1 ${problem.status} ${STATUS_CODES[problem.status]}`,
      'Content-Type: application/problem+json',
      `Content-Length: ${Buffer.byteLength(body)}`,
      ...Object.entries(answerHeaders).map(([name, value]) => `${name}: ${value}`),
      'Connection: close',
      '',
      body,
    ].join('\r\n'),
  );
}
