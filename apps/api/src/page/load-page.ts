import { createHash } from 'node:crypto';
import { readdir, readFile } from 'node:fs/promises';
import { extname, join } from 'node:path';
import { promisify } from 'node:util';
import { brotliCompress, constants, gzip } from 'node:zlib';

/** A file of the page, as it is sent. */
export interface PageFile {
  readonly contentType: string;
  readonly bytes: Buffer;
  /** The same, compressed; null where that saves nothing. */
  readonly gzip: Buffer | null;
  readonly brotli: Buffer | null;
  readonly entityTag: string;
  /** Whether its name changes with its bytes, so that browsers may keep it for ever. */
  readonly isHashed: boolean;
}

/** The files of the page by their paths, such as `assets/index-B1a2.js`. */
export type PageFiles = ReadonlyMap<string, PageFile>;

const contentTypes: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.svg': 'image/svg+xml; charset=utf-8',
};

const compressWithGzip = promisify(gzip);
const compressWithBrotli = promisify(brotliCompress);

/**
 * Reads the built page into memory: it is less than a megabyte, so no request has to touch the disk or compress anything, and a deploy
 * that replaces the files cannot be seen half done.
 *
 * @returns null when there is no page in the folder
 */
export async function loadPage(folder: string): Promise<PageFiles | null> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true }).catch(() => []);
  const files = new Map<string, PageFile>();
  for (const entry of entries) {
    const contentType = contentTypes[extname(entry.name)];
    if (!entry.isFile() || contentType === undefined) continue;
    const path = join(entry.parentPath, entry.name);
    const name = path.slice(folder.length).replaceAll('\\', '/').replace(/^\/+/, '');
    files.set(name, await loadFile(path, contentType, name.startsWith('assets/')));
  }
  return files.has('index.html') ? files : null;
}

async function loadFile(path: string, contentType: string, isHashed: boolean): Promise<PageFile> {
  const bytes = await readFile(path);
  const [zipped, brotli] = await Promise.all([
    compressWithGzip(bytes, { level: 9 }),
    compressWithBrotli(bytes, { params: { [constants.BROTLI_PARAM_QUALITY]: 9 } }),
  ]);
  return {
    contentType,
    bytes,
    gzip: zipped.length < bytes.length ? zipped : null,
    brotli: brotli.length < bytes.length ? brotli : null,
    entityTag: `"${createHash('sha256').update(bytes).digest('base64url')}"`,
    isHashed,
  };
}
