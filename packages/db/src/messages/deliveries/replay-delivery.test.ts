import { randomUUID } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import type { Database } from '../../client.js';
import {
  addDelivery,
  addEndpoint,
  attemptNow,
  attemptRecords,
  claimForSure,
  endLease,
  makeDue,
} from '../../test-support/deliveries.js';
import { setUpMerchant } from '../../test-support/set-up-merchant.js';
import { readDelivery } from './list-deliveries.js';
import { type AttemptRecord, recordAttempt } from './record-attempt.js';
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
const replay = (id: string) => replayDelivery(db, merchantId, endpointId, id);

const attempt = (id: string, record: AttemptRecord, delayMs?: number | null) =>
  attemptNow(db, id, record, delayMs);

describe('a replay', () => {
  it.each([
    ['delivered', delivered],
    ['refused', refused],
    ['waiting for its next attempt', failed],
  ])(
    'of a delivery that is %s makes it due now, under the same id, with the whole schedule',
    async (_what, record) => {
      const id = await deliver();
      await attempt(id, failed);
      await attempt(id, record);
      const replayed = await replay(id);
      expect(replayed?.deliveryId).toBe(id);
      expect(await read(id)).toMatchObject({ status: 'PENDING', finishedAt: null, attempts: [{}, {}] });
      expect((await read(id))?.dueAt?.getTime()).toBe(replayed?.turn);
      expect(Math.abs((replayed?.turn ?? 0) - Date.now())).toBeLessThan(30_000);
      await makeDue(db, id);
      expect(await claimForSure(db, id)).toMatchObject({ id, attempt: 3, attemptOfRound: 1 });
    },
  );

  it('of a delivery that was replayed begins another round', async () => {
    const id = await deliver();
    for (const attempts of [1, 2, 3]) {
      await attempt(id, delivered);
      await replay(id);
      await makeDue(db, id);
      expect(await db.prisma.delivery.findUniqueOrThrow({ where: { id } })).toMatchObject({
        attempts,
        attemptsBefore: attempts,
      });
    }
  });

  it('is refused while the delivery is under way', async () => {
    const id = await deliver();
    const claimed = await claimForSure(db, id);
    expect(await replay(id)).toBeNull();
    expect(await recordAttempt(db, claimed, delivered, null)).toMatchObject({ outcome: 'delivered' });
  });

  it('of a delivery whose worker was lost is not ended by that worker when it comes back', async () => {
    const id = await deliver();
    const lost = await claimForSure(db, id);
    await endLease(db, id);
    expect(await replay(id)).not.toBeNull();
    expect(await recordAttempt(db, lost, refused, null)).toMatchObject({ outcome: 'lost' });
    expect(await read(id)).toMatchObject({ status: 'PENDING' });
  });

  it('of a delivery that does not exist changes nothing', async () => {
    expect(await replay(randomUUID())).toBeNull();
  });

  it('of all failed deliveries takes those made since the given time, and no others', async () => {
    const ids: string[] = [];
    for (let index = 0; index < 5; index += 1) ids.push(await deliver());
    const [old = '', first = '', second = '', done = '', waiting = ''] = ids;
    for (const id of [old, first, second]) await attempt(id, refused);
    await attempt(done, delivered);
    await attempt(waiting, failed);
    await db.pool.query(`UPDATE delivery SET created_at = now() - interval '1 day' WHERE id = $1`, [old]);
    const before = [await read(old), await read(done), await read(waiting)];
    const since = (await read(first))?.createdAt ?? new Date();
    const replayed = await replayFailed(db, merchantId, endpointId, since);
    expect(new Set(replayed.map(({ deliveryId }) => deliveryId))).toEqual(new Set([first, second]));
    expect([await read(old), await read(done), await read(waiting)]).toEqual(before);
    expect(await read(first)).toMatchObject({ status: 'PENDING' });
    expect(await replayFailed(db, merchantId, endpointId, since)).toEqual([]);
  });
});
