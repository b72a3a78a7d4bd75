import { detectFileKind, HEAD_LENGTH } from './detect-file-kind.js';
import { gunzip } from './gunzip.js';
import { looksLikePage } from './html/looks-like-page.js';
import { unpackPage } from './html/unpack-page.js';
import { type Layer, MAX_GZIP_LAYERS, type UnpackContext } from './layer.js';
import { type Peeked, peek } from './peek.js';
import { UnpackError } from './unpack-error.js';
import { unpackZip } from './unpack-zip.js';
import type { UnpackedFile } from './unpacked-file.js';
import { withNotices } from './with-notices.js';

/** Takes off one layer and those below it. The caller, who opened the layer, closes it. */
export async function* unpackLayer(layer: Layer, context: UnpackContext): AsyncGenerator<UnpackedFile> {
  const { name } = layer;
  const peeked = await peek(layer.pieces, HEAD_LENGTH);
  const found = detectFileKind(peeked.head);
  switch (found.kind) {
    case 'gzip':
      return yield* unpackGzip(layer, peeked, context);
    case 'zip':
    case 'program':
      return yield* unpackZip(layer, { kind: found.kind, pieces: peeked.pieces }, context, unpackLayer);
    case 'packed':
      throw packedOtherwise(layer, found.what);
    case 'document':
      if (name !== null) return yield leftOut(name, `${found.what}, not a table`);
      break;
    case 'unknown':
      if (looksLikePage(peeked.head)) return yield* unpackPage(layer, peeked.pieces, context);
      if (name !== null && peeked.head.length === 0) return yield leftOut(name, 'empty');
  }
  yield { kind: 'text', name, pieces: peeked.pieces, notices: () => [] };
}

function leftOut(name: string, reason: string): UnpackedFile {
  return { kind: 'skipped', name, reason, mayHoldRows: false };
}

async function* unpackGzip(
  layer: Layer,
  { pieces }: Peeked,
  context: UnpackContext,
): AsyncGenerator<UnpackedFile> {
  const gzipLayers = layer.gzipLayers + 1;
  if (gzipLayers > MAX_GZIP_LAYERS) {
    throw new UnpackError(
      'nested_archive',
      `The file is compressed with gzip more than ${MAX_GZIP_LAYERS} times. Unpack it and send the CSV itself.`,
      { file: layer.name },
    );
  }
  const unpacked = gunzip(pieces, context.budget, layer.name);
  try {
    const files = unpackLayer({ ...layer, pieces: unpacked.pieces, gzipLayers }, context);
    yield* withNotices(files, unpacked.notices);
  } finally {
    await unpacked.pieces.return(undefined);
  }
}

function packedOtherwise({ name, isMember }: Layer, what: string): UnpackError {
  if (isMember) {
    return new UnpackError(
      'nested_archive',
      `The archive holds ${what}, "${name}". Unpack that one and send its files.`,
      { file: name },
    );
  }
  return new UnpackError(
    'unsupported_compression',
    `The file is ${what}. Send the CSV itself, or pack it as .zip or .gz.`,
  );
}
