import type { EarlierReading, EarlierReadings } from '@pledgeline/csv-core';
import { type Database, findEarlierReading } from '@pledgeline/db';
import { NotLoadedError } from './not-loaded-error.js';

/** How the merchant's files were read whose rejects come back. `get` throws NotLoadedError the first time. */
export function openEarlierReadings(database: Database, merchantId: string): EarlierReadings {
  const loaded = new Map<string, EarlierReading | null>();
  return {
    get(uploadId, headers) {
      const key = JSON.stringify([uploadId, headers]);
      const found = loaded.get(key);
      if (found !== undefined) return found ?? undefined;
      throw new NotLoadedError(async () => {
        loaded.set(key, await findEarlierReading(database, merchantId, { uploadId, headers }));
      });
    },
  };
}
