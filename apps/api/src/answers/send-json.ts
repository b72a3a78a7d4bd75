import { Readable } from 'node:stream';
import type { FastifyReply } from 'fastify';
import { otherWork } from '../turns/in-slices.js';

/** How much is written before other requests get their turn, in bytes. */
const TURN_BYTES = 256 * 1024;

/** Sends a text that is JSON already. */
export function sendJson(reply: FastifyReply, json: string): FastifyReply {
  return asJson(reply).send(json);
}

/**
 * Sends JSON that was made into bytes piece by piece. As one text, a long answer would be copied several times on the heap and
 * hold the event loop while it is written.
 */
export function sendJsonPieces(reply: FastifyReply, pieces: readonly Uint8Array[]): FastifyReply {
  const length = pieces.reduce((sum, piece) => sum + piece.length, 0);
  if (length <= TURN_BYTES) return asJson(reply).send(Buffer.concat(pieces));
  const body = Readable.from(inTurns(pieces), { objectMode: false });
  return asJson(reply).header('content-length', length).send(body);
}

const asJson = (reply: FastifyReply): FastifyReply => reply.type('application/json; charset=utf-8');

async function* inTurns(pieces: readonly Uint8Array[]): AsyncGenerator<Uint8Array, void, undefined> {
  let turn: Uint8Array[] = [];
  let length = 0;
  for (const piece of pieces) {
    turn.push(piece);
    length += piece.length;
    if (length < TURN_BYTES) continue;
    yield Buffer.concat(turn);
    turn = [];
    length = 0;
    await otherWork();
  }
  yield Buffer.concat(turn);
}

/** The pieces of `{ <noun>: [<entries>], …others }`. */
export function listPieces(
  noun: string,
  entries: readonly Uint8Array[],
  others: object,
): readonly Uint8Array[] {
  const separated = entries.flatMap((entry, at) => (at === 0 ? [entry] : [COMMA, entry]));
  const end = JSON.stringify(others);
  return [
    Buffer.from(`{${JSON.stringify(noun)}:[`),
    ...separated,
    Buffer.from(end === '{}' ? ']}' : `],${end.slice(1)}`),
  ];
}

const COMMA = Buffer.from(',');
