import fc from 'fast-check';

/** What a client writes on one connection before it ends its side. */
export interface DrawnConnection {
  readonly what: string;
  /** Bytes as Latin-1. */
  readonly text: string;
  /** Where it pauses. */
  readonly cuts: readonly number[];
}

const CRLF = '\r\n';

/** Connections of clients that do not speak HTTP well. `key` is a valid key. */
export function drawConnections(key: string): fc.Arbitrary<DrawnConnection> {
  const head = (line: string, ...headers: readonly string[]) =>
    [line, 'Host: test', `Authorization: Bearer ${key}`, ...headers, '', ''].join(CRLF);
  const post = (path: string, ...headers: readonly string[]) => head(`POST ${path} HTTP/1.1`, ...headers);
  const junk = fc.string({
    unit: fc.integer({ min: 0, max: 255 }).map((code) => String.fromCharCode(code)),
    maxLength: 200,
  });
  const path = fc.constantFrom(
    '/v1/uploads?campaign=Raw',
    '/v1/inspect',
    '/v1/keys',
    '/v1/nothing',
    '/healthz',
  );
  const kinds: Readonly<Record<string, fc.Arbitrary<string>>> = {
    'a wrong request line': fc
      .constantFrom(
        'GET /healthz',
        'GET  /healthz HTTP/1.1',
        'GET /healthz HTTP/1.2',
        'GET /healthz HTTP/9.9',
        'get /healthz HTTP/1.1',
        'GET http://other.example/healthz HTTP/1.1',
        'GET healthz HTTP/1.1',
        'GET //healthz HTTP/1.1',
        'GET /v1/uploads?%zz HTTP/1.1',
        'GET /\0 HTTP/1.1',
        'OPTIONS * HTTP/1.1',
        'CONNECT example.com:443 HTTP/1.1',
        'TRACE /healthz HTTP/1.1',
        'NOTHING /healthz HTTP/1.1',
        'PRI * HTTP/2.0',
        'GET /healthz HTTP/1.0',
        `GET /${'x'.repeat(20_000)} HTTP/1.1`,
      )
      .map((line) => head(line)),
    'bytes that are no request': junk,
    'junk in a header': fc
      .tuple(path, junk)
      .map(([address, value]) => post(address, `X-Junk: ${value}`, 'Content-Length: 0')),
    'too many headers': fc
      .integer({ min: 100, max: 3_000 })
      .map((count) =>
        head('GET /healthz HTTP/1.1', ...Array.from({ length: count }, (_, at) => `X-${at}: ${at}`)),
      ),
    'headers that contradict': fc
      .tuple(
        path,
        fc.constantFrom(
          ['Content-Length: 1', 'Content-Length: 2'],
          ['Content-Length: 5', 'Transfer-Encoding: chunked'],
          ['Content-Length: -1'],
          ['Content-Length: 1e3'],
          ['Content-Length: 99999999999999999999'],
          ['Transfer-Encoding: gzip'],
          ['Transfer-Encoding: chunked, gzip'],
          ['Transfer-Encoding: x'],
          ['Expect: something', 'Content-Length: 0'],
          ['Connection: upgrade', 'Upgrade: websocket', 'Content-Length: 0'],
          ['Host: other', 'Content-Length: 0'],
          [' folded: yes', 'Content-Length: 0'],
          ['No colon', 'Content-Length: 0'],
          ['Content-Length : 3'],
        ),
      )
      .map(([address, headers]) => `${post(address, ...headers)}abc`),
    'no host': path.map((address) => `POST ${address} HTTP/1.1${CRLF}Content-Length: 0${CRLF}${CRLF}`),
    'bare line feeds': path.map((address) => post(address, 'Content-Length: 0').replaceAll(CRLF, '\n')),
    'wrong chunks': fc
      .tuple(
        path,
        fc.constantFrom(
          'zz\r\nabc\r\n',
          '5\r\nabc',
          '3\r\nabcdef\r\n',
          'ffffffffffffffffff\r\n',
          '3;x=y\r\nabc\r\n0\r\n',
          '-1\r\n',
          '0\r\nTrailer\r\n\r\n',
          '',
        ),
      )
      .map(([address, chunks]) => post(address, 'Transfer-Encoding: chunked') + chunks),
    'a body that ends early': fc
      .tuple(path, fc.integer({ min: 1, max: 100_000 }))
      .map(([address, length]) => `${post(address, `Content-Length: ${length + 3}`)}a,b`),
    'a body that goes on': fc
      .tuple(path, junk)
      .map(([address, more]) => `${post(address, 'Content-Length: 3')}a,b${more}`),
    'several requests at once': fc
      .array(fc.tuple(path, fc.boolean()), { minLength: 2, maxLength: 8 })
      .map((all) =>
        all
          .map(([address, reads]) =>
            reads ? head(`GET ${address} HTTP/1.1`) : `${post(address, 'Content-Length: 2')}{}`,
          )
          .join(''),
      ),
    'half a head': fc
      .nat({ max: 120 })
      .map((length) => post('/v1/keys', 'Content-Length: 2').slice(0, length)),
  };
  return fc.oneof(
    ...Object.entries(kinds).map(([what, text]) =>
      fc
        .tuple(text, fc.array(fc.nat({ max: 400 }), { maxLength: 3 }))
        .map(([drawn, cuts]) => ({ what, text: drawn, cuts: [...cuts].sort((a, b) => a - b) })),
    ),
  );
}
