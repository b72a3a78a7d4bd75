import type { ColumnRules, KnownColumn } from './column-rules.js';
import { isSecretHeader } from './secret-headers.js';

/** The headers of a platform, to look up by normalised header. */
export interface PlatformHeaders {
  readonly columnsOf: ReadonlyMap<string, readonly KnownColumn[]>;
  readonly kept: ReadonlySet<string>;
  readonly ignored: ReadonlySet<string>;
  /** Columns that are in every file of the platform. */
  readonly usual: readonly KnownColumn[];
  /** The listed headers that match a secret pattern. */
  readonly secret: ReadonlySet<string>;
  /** Whether the platform lists the header, in any role. */
  readonly knows: (key: string) => boolean;
}

const headersOf = new WeakMap<ColumnRules, PlatformHeaders>();

/** Indexes the headers of a platform, once, because detection needs them for every file. */
export function platformHeaders(platform: ColumnRules): PlatformHeaders {
  const before = headersOf.get(platform);
  if (before !== undefined) return before;
  const headers = indexHeaders(platform);
  headersOf.set(platform, headers);
  return headers;
}

function indexHeaders(platform: ColumnRules): PlatformHeaders {
  const columnsOf = new Map<string, KnownColumn[]>();
  for (const column of platform.columns) {
    for (const header of column.headers) columnsOf.set(header, [...(columnsOf.get(header) ?? []), column]);
  }
  const kept = new Set(platform.kept);
  const ignored = new Set(platform.ignored);
  const listed = new Set([...columnsOf.keys(), ...kept, ...ignored]);
  return {
    columnsOf,
    kept,
    ignored,
    usual: platform.columns.filter((column) => column.usual || column.required),
    secret: new Set([...listed].filter((header) => isSecretHeader(header, header, platform.secrets))),
    knows: (key) => listed.has(key),
  };
}
