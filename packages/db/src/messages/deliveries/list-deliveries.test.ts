import { describe, expect, it } from 'vitest';
import type { Database } from '../../client.js';
import {
  addDelivery,
  addEndpoint,
  addMerchant,
  attemptNow,
  attemptRecords,
} from '../../test-support/deliveries.js';
import { setUpMerchant } from '../../test-support/set-up-merchant.js';
import { createTestDelivery } from './create-test-delivery.js';
import { listDeliveries, readDelivery } from './list-deliveries.js';
import type { AttemptRecord } from './record-attempt.js';
import { replayDelivery, replayFailed } from './replay-delivery.js';

let db: Database;
let merchantId: string;
let endpointId: string;

setUpMerchant(6, async (setUp) => {
  ({ db, merchantId } = setUp);
  endpointId = await addEndpoint(db, merchantId);
});

const { delivered, failed, refused } = attemptRecords;
const deliver = () => addDelivery(db, merchantId);
const read = (id: string) => readDelivery(db, merchantId, endpointId, id);

const attempt = (id: string, record: AttemptRecord, delayMs?: number | null) =>
  attemptNow(db, id, record, delayMs);

describe('the deliveries of an endpoint', () => {
  it('are listed newest first, page by page, with every attempt', async () => {
    const ids = [await deliver(), await deliver(), await deliver()];
    const [first = '', second = ''] = ids;
    await attempt(first, failed);
    await attempt(first, delivered);
    await attempt(second, refused);
    const page = await listDeliveries(db, merchantId, endpointId, { limit: 2 });
    expect(page.deliveries.map(({ id }) => id)).toEqual(ids.toReversed().slice(0, 2));
    expect(page).toMatchObject({ next: { side: 'after', key: second }, previous: null });
    const rest = await listDeliveries(db, merchantId, endpointId, {
      limit: 2,
      start: { side: 'after', key: second },
    });
    const previous = { side: 'before', key: first } as const;
    expect(rest).toEqual({ deliveries: [await read(first)], next: null, previous });
    const back = await listDeliveries(db, merchantId, endpointId, { limit: 2, start: previous });
    expect(back).toEqual(page);
    expect(rest.deliveries[0]).toMatchObject({
      event: 'upload.completed',
      status: 'DELIVERED',
      dueAt: null,
      finishedAt: expect.any(Date),
      lastError: null,
      attempts: [
        { number: 1, startedAt: expect.any(Date), responseStatus: 503, error: failed.error },
        { number: 2, startedAt: expect.any(Date), responseStatus: 204, error: null },
      ],
    });
    expect(page.deliveries[0]).toMatchObject({ status: 'PENDING', dueAt: expect.any(Date), attempts: [] });
  });

  it('can be filtered by status', async () => {
    const [waiting, done, lost] = [await deliver(), await deliver(), await deliver()];
    await attempt(done, delivered);
    await attempt(lost, refused);
    const found = async (status: 'PENDING' | 'DELIVERED' | 'FAILED') => {
      const { deliveries } = await listDeliveries(db, merchantId, endpointId, { limit: 10, status });
      return deliveries.map(({ id }) => id);
    };
    expect([await found('PENDING'), await found('DELIVERED'), await found('FAILED')]).toEqual([
      [waiting],
      [done],
      [lost],
    ]);
  });

  it('are visible only with their own merchant and endpoint', async () => {
    const id = await deliver();
    const other = await addMerchant(db);
    const sibling = await addEndpoint(db, merchantId);
    const none = { deliveries: [], next: null, previous: null };
    expect(await listDeliveries(db, other, endpointId, { limit: 10 })).toEqual(none);
    expect(await listDeliveries(db, merchantId, sibling, { limit: 10 })).toEqual(none);
    expect(await readDelivery(db, other, endpointId, id)).toBeNull();
    expect(await readDelivery(db, merchantId, sibling, id)).toBeNull();
    await attempt(id, refused);
    expect(await replayDelivery(db, other, endpointId, id)).toBeNull();
    expect(await replayDelivery(db, merchantId, sibling, id)).toBeNull();
    expect(await replayFailed(db, other, endpointId, new Date(0))).toEqual([]);
    expect(await createTestDelivery(db, other, endpointId)).toBeNull();
    expect(await read(id)).toMatchObject({ status: 'FAILED' });
  });
});
