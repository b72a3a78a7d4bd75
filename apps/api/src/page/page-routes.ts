import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { Problem } from '../problem.js';
import type { PageFile, PageFiles } from './load-page.js';

/** Nothing from elsewhere, and no script or style that is written into the page: so names of merchants can never become one. */
const policy = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self'",
  "img-src 'self'",
  "connect-src 'self'",
  "worker-src 'self'",
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'none'",
].join('; ');

const YEAR_S = 31_536_000;

/** `/app`: the page for people. Its addresses that are no files are places in the page, so that they survive a reload. */
export async function pageRoutes(
  app: FastifyInstance,
  { files }: { readonly files: PageFiles },
): Promise<void> {
  const hidden = { schema: { hide: true } } as const;
  const index = files.get('index.html');
  if (index === undefined) throw new Error('The page has no index.html');

  app.get('/', hidden, (request, reply) => sendFile(request, reply, index));
  app.get<{ Params: { '*': string } }>('/*', hidden, (request, reply) => {
    const name = request.params['*'];
    const file = files.get(name);
    if (file !== undefined) return sendFile(request, reply, file);
    // A page from before a deploy asks for its old parts: it must not get a page in place of a script.
    if (!name.startsWith('assets/')) return sendFile(request, reply, index);
    throw new Problem('not_found', 'The page has no such file. Load the page again.');
  });
}

function sendFile(request: FastifyRequest, reply: FastifyReply, file: PageFile): FastifyReply {
  reply.headers({
    'content-security-policy': policy,
    'cross-origin-opener-policy': 'same-origin',
    'cross-origin-resource-policy': 'same-origin',
    'permissions-policy': 'camera=(), geolocation=(), microphone=()',
    vary: 'accept-encoding',
    etag: file.entityTag,
    ...(file.isHashed && { 'cache-control': `public, max-age=${YEAR_S}, immutable` }),
  });
  if (request.headers['if-none-match'] === file.entityTag) return reply.code(304).send();
  const { encoding, bytes } = choose(file, request.headers['accept-encoding']);
  if (encoding !== null) reply.header('content-encoding', encoding);
  return reply.type(file.contentType).send(bytes);
}

function choose(
  { bytes, brotli, gzip }: PageFile,
  accepted: string | string[] | undefined,
): { readonly encoding: 'br' | 'gzip' | null; readonly bytes: Buffer } {
  const names = [accepted ?? '']
    .flat()
    .flatMap((text) => text.split(','))
    .map((part) => part.trim().toLowerCase())
    .filter((part) => !/;\s*q=0(?:\.0*)?$/.test(part))
    .map((part) => part.split(';')[0]?.trim());
  if (brotli !== null && names.includes('br')) return { encoding: 'br', bytes: brotli };
  if (gzip !== null && names.includes('gzip')) return { encoding: 'gzip', bytes: gzip };
  return { encoding: null, bytes };
}
