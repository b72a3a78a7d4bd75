import { randomUUID } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import type { Database } from '../../client.js';
import {
  addEndpoint,
  attemptRecords,
  claimForSure,
  makeDue,
  tryToClaim,
} from '../../test-support/deliveries.js';
import { setUpMerchant } from '../../test-support/set-up-merchant.js';
import { createTestDelivery } from './create-test-delivery.js';
import { readDelivery } from './list-deliveries.js';
import { recordAttempt } from './record-attempt.js';
import { replayDelivery } from './replay-delivery.js';

let db: Database;
let merchantId: string;
let endpointId: string;

setUpMerchant(6, async (setUp) => {
  ({ db, merchantId } = setUp);
  endpointId = await addEndpoint(db, merchantId);
});

const { delivered } = attemptRecords;
const read = (id: string) => readDelivery(db, merchantId, endpointId, id);
const replay = (id: string) => replayDelivery(db, merchantId, endpointId, id);

describe('a test event', () => {
  it('can be claimed as soon as it is made, and again as soon as it is replayed', async () => {
    for (let round = 0; round < 30; round += 1) {
      const test = await createTestDelivery(db, merchantId, endpointId);
      const delivery = await claimForSure(db, test?.deliveryId ?? '');
      await recordAttempt(db, delivery, delivered, null);
      expect(await replay(delivery.id)).not.toBeNull();
      await recordAttempt(db, await claimForSure(db, delivery.id), delivered, null);
    }
  });

  it('is a new delivery each time', async () => {
    const [first, second] = [
      await createTestDelivery(db, merchantId, endpointId),
      await createTestDelivery(db, merchantId, endpointId),
    ];
    expect(first?.deliveryId).not.toBe(second?.deliveryId);
    expect(await read(first?.deliveryId ?? '')).toMatchObject({
      event: 'webhook.test',
      status: 'PENDING',
      notificationId: null,
      uploadId: null,
      attempts: [],
    });
    await makeDue(db, first?.deliveryId ?? '');
    const claimed = await claimForSure(db, first?.deliveryId ?? '');
    expect(await recordAttempt(db, claimed, delivered, null)).toMatchObject({ outcome: 'delivered' });
    expect(await replay(first?.deliveryId ?? '')).not.toBeNull();
  });

  it('is not made when the endpoint does not exist', async () => {
    expect(await createTestDelivery(db, merchantId, randomUUID())).toBeNull();
    expect(await tryToClaim(db, randomUUID())).toEqual({ outcome: 'nothing' });
  });
});
