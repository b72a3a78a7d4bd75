import { Metadata } from '@tus/server';
import { Problem } from '../problem.js';
import {
  type Destination,
  presentableName,
  readDestination,
  sendQuery,
} from '../routes/uploads/destination.js';

/** Where a file goes and how it is to be read, from its metadata. */
export interface FileDestination extends Destination {
  readonly filename: string | undefined;
}

/** What uploaders for browsers add by themselves. */
const ofUploaders: readonly string[] = ['name', 'type', 'filetype', 'relativePath'];

/**
 * Reads `Upload-Metadata`: the names are those of the query parameters of `POST /v1/uploads`.
 *
 * @throws Problem `invalid_request`, or those of {@link readDestination}
 */
export function readFileMetadata(header: string | undefined): FileDestination {
  return toDestination(parse(header));
}

/** As {@link readFileMetadata}, from the metadata as the library stores them. */
export function toDestination(metadata: Readonly<Record<string, string | null>> = {}): FileDestination {
  const entries = Object.entries(metadata).map(([name, value]) => [name, value ?? '']);
  const { filename, ...texts }: Readonly<Record<string, string>> = Object.fromEntries(entries);
  const known = Object.keys(sendQuery.shape);
  const unknown = Object.keys(texts).filter((name) => !known.includes(name) && !ofUploaders.includes(name));
  if (unknown.length > 0) {
    throw new Problem(
      'invalid_request',
      `Upload-Metadata has ${unknown.map((name) => `"${name.slice(0, 100)}"`).join(', ')}. There are ${known.join(', ')}.`,
    );
  }
  return { ...readDestination(texts, { source: 'metadata' }), filename: presentableName(filename) };
}

function parse(header: string | undefined): Readonly<Record<string, string | null>> {
  if (header === undefined || header.trim() === '') return {};
  try {
    return Metadata.parse(header);
  } catch (cause) {
    throw new Problem(
      'invalid_request',
      'Upload-Metadata cannot be read: it is a list of names, each with its value in Base64, separated by commas.',
      { cause },
    );
  }
}
