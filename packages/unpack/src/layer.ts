import type { UnpackBudget } from './unpack-budget.js';
import type { UnpackOptions } from './unpacked-file.js';

/** Two, for a `.csv.gz` that is sent with `Content-Encoding: gzip`. */
export const MAX_GZIP_LAYERS = 2;

/** Bytes that may be a file or something around one. */
export interface Layer {
  /** The path in the archive, or null. */
  readonly name: string | null;
  readonly pieces: AsyncIterator<Uint8Array>;
  /** How many layers of gzip were taken off so far. */
  readonly gzipLayers: number;
  /** True for a member of an archive. */
  readonly isMember: boolean;
}

/** What all layers of an upload share. */
export interface UnpackContext {
  readonly budget: UnpackBudget;
  readonly options: UnpackOptions;
}
