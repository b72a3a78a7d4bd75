import fc from 'fast-check';
import { afterAll, beforeAll, expect, inject, it } from 'vitest';
import type { Database } from '../../client.js';
import { addEndpoint, addMerchant, addNotification, attemptRecords } from '../../test-support/deliveries.js';
import { openTestDatabase } from '../../test-support/open-test-database.js';
import { inTransaction } from '../../transaction.js';
import { changeSettings, defaultSettings } from '../settings.js';
import { changeEndpoint } from '../webhooks/endpoints.js';
import { type ClaimedDelivery, claimDelivery } from './claim-delivery.js';
import { findDueDeliveries } from './due-deliveries.js';
import { recordAttempt } from './record-attempt.js';
import { replayDelivery, replayFailed } from './replay-delivery.js';
import { routeNotifications } from './route-notifications.js';

let db: Database;
let close: () => Promise<void>;

beforeAll(async () => {
  ({ db, close } = await openTestDatabase(inject('testPostgres'), 10));
});

afterAll(() => close());

const kinds = [
  'notify',
  'route',
  'claim',
  'claim',
  'delivered',
  'failed',
  'failed for good',
  'gone',
  'refused',
  'crash',
  'wait',
  'replay',
  'replay failed',
  'disable',
  'enable',
] as const;

/** An event in the life of the deliveries. `on` picks one of the existing deliveries, running attempts or endpoints. */
interface Action {
  readonly kind: (typeof kinds)[number];
  readonly on: number;
}

/** Steps of random actions; the actions of one step happen at the same time. */
const steps = fc.array(
  fc.array(fc.record<Action>({ kind: fc.constantFrom(...kinds), on: fc.nat({ max: 23 }) }), {
    minLength: 1,
    maxLength: 4,
  }),
  { minLength: 5, maxLength: 20 },
);

const caps = { leaseMs: 60_000, perEndpoint: 3, perMerchant: 5 };

interface DeliveryRow {
  readonly id: string;
  readonly status: 'PENDING' | 'DELIVERED' | 'FAILED';
  readonly attempts: number;
  readonly attempts_before: number;
}

/** A merchant with two endpoints and a mailbox, and the actions applied to their messages so far. */
class DisturbedDeliveries {
  /** Attempts whose worker is still running, or frozen and not aware that its lease was lost. */
  private readonly inHand: ClaimedDelivery[] = [];
  /** How many attempts each delivery had when it was last delivered. */
  private readonly deliveredAt = new Map<string, number>();

  private constructor(
    private readonly merchantId: string,
    private readonly endpointIds: readonly string[],
  ) {}

  static async open(): Promise<DisturbedDeliveries> {
    const merchantId = await addMerchant(db);
    await changeSettings(db, merchantId, { ...defaultSettings, email: 'ada@example.com' });
    const endpointIds = [await addEndpoint(db, merchantId), await addEndpoint(db, merchantId)];
    const disturbed = new DisturbedDeliveries(merchantId, endpointIds);
    for (const kind of ['notify', 'notify', 'route'] as const) await disturbed.do({ kind, on: 0 });
    return disturbed;
  }

  async do({ kind, on }: Action): Promise<void> {
    const { merchantId } = this;
    const endpointId = this.endpointIds[on % this.endpointIds.length] ?? '';
    switch (kind) {
      case 'notify':
        await addNotification(db, merchantId);
        return;
      case 'route':
        await route();
        return;
      case 'claim':
        return this.claim(await this.pick(on));
      case 'delivered':
        return this.record(on, 'delivered', null);
      case 'failed':
        return this.record(on, 'failed', 60_000);
      case 'failed for good':
        return this.record(on, 'failed', null);
      case 'gone':
        return this.record(on, 'gone', null);
      case 'refused':
        return this.record(on, 'refused', null);
      case 'crash': {
        const lost = this.inHand[on % Math.max(1, this.inHand.length)];
        // The attempt stays in the list: its frozen worker may wake up.
        if (lost) await endLeases('id = $1 AND attempt_token = $2', [lost.id, lost.token]);
        return;
      }
      case 'wait':
        await this.letTimePass();
        return;
      case 'replay':
        await replayDelivery(db, merchantId, endpointId, await this.pick(on));
        return;
      case 'replay failed':
        await replayFailed(db, merchantId, endpointId, new Date(0));
        return;
      case 'disable':
      case 'enable':
        await changeEndpoint(db, merchantId, endpointId, { enabled: kind === 'enable' });
    }
  }

  /** Makes every next attempt due. Changes several deliveries, so it locks the merchant's row first, as all code does. */
  private letTimePass(): Promise<unknown> {
    return inTransaction(db.pool, async (client) => {
      await client.query('SELECT 1 FROM merchant WHERE id = $1 FOR NO KEY UPDATE', [this.merchantId]);
      await client.query(
        `UPDATE delivery SET due_at = now() - interval '1 second' WHERE merchant_id = $1 AND status = 'PENDING'`,
        [this.merchantId],
      );
    });
  }

  private async claim(id: string): Promise<void> {
    const claim = await claimDelivery(db, id, caps);
    if (claim.outcome === 'claimed') this.inHand.push(claim.delivery);
  }

  private async record(on: number, outcome: keyof typeof attemptRecords, delayMs: number | null) {
    const [delivery] = this.inHand.splice(on % Math.max(1, this.inHand.length), 1);
    if (!delivery) return;
    const recorded = await recordAttempt(db, delivery, attemptRecords[outcome], delayMs);
    if (recorded.outcome === 'delivered') this.deliveredAt.set(delivery.id, delivery.attempt);
  }

  private async pick(on: number): Promise<string> {
    const deliveries = await this.deliveries();
    // Without deliveries: an id that does not exist.
    return deliveries[on % Math.max(1, deliveries.length)]?.id ?? this.merchantId;
  }

  private async deliveries(): Promise<readonly DeliveryRow[]> {
    const { rows } = await db.pool.query<DeliveryRow>(
      'SELECT id, status, attempts, attempts_before FROM delivery WHERE merchant_id = $1 ORDER BY id',
      [this.merchantId],
    );
    return rows;
  }

  async expectSound(): Promise<void> {
    const { rows: problems } = await db.pool.query<{ problem: string }>(
      `SELECT format('%s deliveries of %s to %s', count(*), notification_id, coalesce(endpoint_id::text, recipient)) AS problem
       FROM delivery WHERE merchant_id = $1 AND notification_id IS NOT NULL
       GROUP BY notification_id, endpoint_id, recipient HAVING count(*) > 1
       UNION ALL
       SELECT format('%s begun attempts of %s, and %s in the log', d.attempts, d.id, log.attempts)
       FROM delivery d, LATERAL (
         SELECT count(*) AS attempts, max(number) AS last FROM delivery_attempt WHERE delivery_id = d.id) log
       WHERE d.merchant_id = $1 AND (d.attempts <> log.attempts OR d.attempts <> coalesce(log.last, 0))
       UNION ALL
       SELECT format('%s is %s with half a lease, or one too many', id, status) FROM delivery
       WHERE merchant_id = $1 AND ((attempt_token IS NULL) <> (lease_until IS NULL)
         OR (status <> 'PENDING' AND attempt_token IS NOT NULL) OR (status = 'PENDING') <> (finished_at IS NULL))
       UNION ALL
       SELECT format('%s attempts at %s at the same time', count(*), endpoint_id) FROM delivery
       WHERE merchant_id = $1 AND lease_until > now() AND endpoint_id IS NOT NULL
       GROUP BY endpoint_id HAVING count(*) > ${caps.perEndpoint}
       UNION ALL
       SELECT format('%s warnings of %s, though it is on or was switched off by hand', count(*), e.id)
       FROM webhook_endpoint e JOIN notification n ON n.facts ->> 'endpointId' = e.id::text AND n.created_at = e.disabled_at
       WHERE e.merchant_id = $1 GROUP BY e.id HAVING count(*) <> 1 OR bool_or(e.disabled_reason = 'by_hand')`,
      [this.merchantId],
    );
    expect(problems).toEqual([]);
    for (const { id, status, attempts, attempts_before } of await this.deliveries()) {
      const attemptsThen = this.deliveredAt.get(id) ?? 0;
      // Only a replay may cause attempts after a success.
      if (attempts_before >= attemptsThen) continue;
      expect({ id, status, attempts }).toEqual({ id, status: 'DELIVERED', attempts: attemptsThen });
    }
  }

  /** As if all workers were gone and time had passed: every waiting delivery can be found and claimed, and comes to its end. */
  async finish(): Promise<void> {
    for (const endpointId of this.endpointIds) {
      await changeEndpoint(db, this.merchantId, endpointId, { enabled: true });
    }
    await route();
    await endLeases('merchant_id = $1', [this.merchantId]);
    await this.do({ kind: 'wait', on: 0 });
    const waiting = (await this.deliveries()).filter(({ status }) => status === 'PENDING');
    const found = await findDueDeliveries(db, { overdueMs: 0, limit: 1_000, perReceiver: 1_000 });
    const foundIds = found.map(({ deliveryId }) => deliveryId);
    expect(foundIds).toEqual(expect.arrayContaining(waiting.map(({ id }) => id)));
    for (const { id } of waiting) {
      const claim = await claimDelivery(db, id, caps);
      if (claim.outcome !== 'claimed')
        throw new Error(`The delivery ${id} is pending, but cannot be claimed`);
      const recorded = await recordAttempt(db, claim.delivery, attemptRecords.delivered, null);
      expect(recorded.outcome).toBe('delivered');
    }
    expect((await this.deliveries()).filter(({ status }) => status === 'PENDING')).toEqual([]);
    const before = await this.deliveries();
    // In the end the frozen workers wake up; their results must be refused.
    for (const delivery of this.inHand) {
      const recorded = await recordAttempt(db, delivery, attemptRecords.failed, 1_000);
      expect(recorded.outcome).toBe('lost');
    }
    expect(await this.deliveries()).toEqual(before);
  }
}

const route = () => routeNotifications(db, { limit: 2, email: true });

async function endLeases(condition: string, parameters: readonly string[]): Promise<void> {
  await db.pool.query(
    `UPDATE delivery SET lease_until = now() - interval '1 second' WHERE ${condition} AND lease_until IS NOT NULL`,
    [...parameters],
  );
}

it('deliveries, whatever disturbs them, are delivered or fail, and a delivered one is not attempted again', async () => {
  await fc.assert(
    fc.asyncProperty(steps, async (each) => {
      const disturbed = await DisturbedDeliveries.open();
      for (const step of each) {
        await Promise.all(step.map((action) => disturbed.do(action)));
        await disturbed.expectSound();
      }
      while ((await route()).length > 0);
      await disturbed.finish();
      await disturbed.expectSound();
    }),
    { numRuns: 40 },
  );
});
