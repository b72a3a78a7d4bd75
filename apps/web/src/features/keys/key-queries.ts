import type { Schemas } from '@pledgeline/client';
import { queryOptions } from '@tanstack/react-query';
import { client } from '../../api/client.js';

export type Key = Schemas['Key'];
export type Scope = Key['scope'];

/** A secret that was made a moment ago, and the name of its key. */
export interface NewSecret {
  readonly name: string;
  readonly secret: string;
}

export const keysQuery = queryOptions({
  queryKey: ['keys'],
  queryFn: async ({ signal }) => {
    const keys = [];
    for await (const key of client.entries('/v1/keys', { signal })) keys.push(key);
    return keys;
  },
});

/** What has become of a key by now. */
export function stateOf(
  { revokedAt, expiresAt }: Pick<Key, 'revokedAt' | 'expiresAt'>,
  now: Date,
): 'valid' | 'revoked' | 'expired' {
  if (revokedAt !== null) return 'revoked';
  return expiresAt !== null && new Date(expiresAt) <= now ? 'expired' : 'valid';
}
