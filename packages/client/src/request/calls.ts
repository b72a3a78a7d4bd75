import type {
  Arguments,
  CallOptions,
  FileBody,
  Input,
  Method,
  Operation,
  Output,
  PathWith,
} from '../contract.js';
import { type Values, writeAddress } from './address.js';
import { type Connection, send } from './connection.js';
import { ConnectionError } from './errors.js';

type CallOf<Verb extends Method> = <Path extends PathWith<Verb>>(
  path: Path,
  ...input: Arguments<Input<Operation<Path, Verb>>>
) => Promise<Output<Operation<Path, Verb>>>;

/**
 * Every operation of the contract, by method and address, with its types. They are those of the contract: what a server
 * answers is not checked again.
 *
 * Every call throws `ProblemError` when the API answers with an error, `ConnectionError` when it does not answer, and the
 * reason of its `signal`.
 */
export interface Calls {
  readonly get: CallOf<'get'>;
  readonly post: CallOf<'post'>;
  readonly put: CallOf<'put'>;
  readonly patch: CallOf<'patch'>;
  readonly delete: CallOf<'delete'>;
}

/** The input of any operation. */
export interface AnyInput extends CallOptions {
  readonly path?: Values;
  readonly query?: Values;
  readonly body?: object | FileBody;
}

export function createCalls(connection: Connection): Calls {
  const callWith =
    <Verb extends Method>(verb: Verb): CallOf<Verb> =>
    (path, ...[input]) =>
      callJson(connection, verb, path, input);
  return {
    get: callWith('get'),
    post: callWith('post'),
    put: callWith('put'),
    patch: callWith('patch'),
    delete: callWith('delete'),
  };
}

/** Calls an operation, and parses its JSON as what the contract says it is. */
export async function callJson<T>(
  connection: Connection,
  method: Method,
  template: string,
  { path, query, body, headers, signal, onHeaders }: AnyInput = {},
): Promise<T> {
  const written = writeBody(body);
  const call = {
    method: method.toUpperCase(),
    path: writeAddress(template, path, query),
    headers: { ...written?.headers, ...headers },
    body: written?.body,
    signal,
  };
  const { text, type } = await send(connection, call, async (response) => {
    onHeaders?.(response.headers);
    return {
      text: await response.text(),
      type: response.headers.get('content-type') ?? 'something',
    };
  });
  if (text !== '' && !type.startsWith('application/json')) {
    throw new ConnectionError(
      `${connection.base} answers ${call.path} with ${type}, not with JSON. Files are read by download; if you asked for none, something else than the API answers there.`,
    );
  }
  // Where the contract has no body, T is undefined.
  const answer = text === '' ? undefined : JSON.parse(text);
  return answer;
}

interface WrittenBody {
  readonly headers: Readonly<Record<string, string>>;
  readonly body: BodyInit;
}

/** JSON of an object, and a file as it is. */
function writeBody(body: object | FileBody | undefined): WrittenBody | null {
  if (body === undefined) return null;
  if (typeof body === 'string' || body instanceof Blob || isBytes(body)) {
    return { headers: { 'content-type': 'application/octet-stream' }, body };
  }
  return { headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) };
}

function isBytes(body: object): body is Uint8Array<ArrayBuffer> {
  return body instanceof Uint8Array;
}
