import { fileKind, HEAD_LENGTH } from './file-kind.js';
import { gunzip } from './gunzip.js';
import { looksLikePage } from './html/looks-like-page.js';
import { unpackPage } from './html/unpack-page.js';
import type { Layer, UnpackContext } from './layer.js';
import { type Peeked, peek } from './peek.js';
import { UnpackError } from './unpack-error.js';
import { unpackZip } from './unpack-zip.js';
import type { UnpackedFile } from './unpacked-file.js';

/** A `.csv.gz` that is sent with `Content-Encoding: gzip`. */
const MAX_GZIP_LAYERS = 2;

/** Takes off one layer, and what is below it. Who opened the layer closes it. */
export async function* unpackLayer(layer: Layer, context: UnpackContext): AsyncGenerator<UnpackedFile> {
  const { name } = layer;
  const peeked = await peek(layer.pieces, HEAD_LENGTH);
  const found = fileKind(peeked.head);
  switch (found.kind) {
    case 'gzip':
      return yield* unpackGzip(layer, peeked, context);
    case 'zip':
      return yield* unpackZip(layer, peeked.pieces, context, unpackLayer);
    case 'packed':
      throw packedOtherwise(layer, found.what);
    case 'document':
      if (name !== null)
        return yield { kind: 'skipped', name, reason: `${found.what}, not a table`, mayHoldRows: false };
      break;
    case 'unknown':
      if (looksLikePage(peeked.head)) return yield* unpackPage(layer, peeked.pieces, context);
      if (name !== null && peeked.head.length === 0)
        return yield { kind: 'skipped', name, reason: 'empty', mayHoldRows: false };
  }
  yield { kind: 'text', name, pieces: peeked.pieces, notices: () => [] };
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
    yield* unpackLayer({ ...layer, pieces: unpacked, gzipLayers }, context);
  } finally {
    await unpacked.return(undefined);
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
