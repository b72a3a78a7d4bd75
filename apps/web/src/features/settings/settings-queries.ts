import type { Schemas } from '@pledgeline/client';
import { queryOptions } from '@tanstack/react-query';
import { client } from '../../api/client.js';
import { withTag } from '../../api/with-tag.js';

export type Settings = Schemas['NotificationSettings'];

/** Settings, and the tag that says later whether somebody else has changed them meanwhile. */
export interface SeenSettings {
  readonly settings: Settings;
  readonly tag: string;
}

export const settingsQuery = queryOptions({
  queryKey: ['settings'],
  queryFn: async ({ signal }): Promise<SeenSettings> => {
    const { answer, tag } = await withTag((onHeaders) =>
      client.get('/v1/notification-settings', { signal, onHeaders }),
    );
    return { settings: answer, tag };
  },
  // What a person is filling in must not change below their hands.
  staleTime: Number.POSITIVE_INFINITY,
});
