import type { Api } from '../upload/connect.js';
import type { KeyRing, ShownKey } from './key-ring.js';

/** The keys of the merchant whose key the API is asked with. */
export function keysOverHttp(api: Api, signal: AbortSignal): KeyRing {
  return {
    owner: '',
    create: async (key) => await api.post('/v1/keys', { body: { ...key }, signal }),
    async list() {
      const keys: ShownKey[] = [];
      for await (const key of api.entries('/v1/keys', { signal })) keys.push(key);
      return keys;
    },
    rotate: async (id, overlapHours) =>
      await api.post('/v1/keys/{id}/rotate', { path: { id }, body: { overlapHours }, signal }),
    async revoke(id) {
      await api.delete('/v1/keys/{id}', { path: { id }, signal });
    },
    warnOfEnd: async () => '',
  };
}
