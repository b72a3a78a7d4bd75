import pg from 'pg';
import { afterAll, beforeAll, expect, inject, it, vi } from 'vitest';
import { z } from 'zod';
import type { Database } from '../../client.js';
import { addDelivery, addEndpoint, addMerchant } from '../../test-support/deliveries.js';
import { openTestDatabase } from '../../test-support/open-test-database.js';
import { findDueDeliveries } from './due-deliveries.js';
import { routeNotifications } from './route-notifications.js';

let db: Database;
let close: () => Promise<void>;

beforeAll(async () => {
  ({ db, close } = await openTestDatabase(inject('testPostgres'), 2));
});

afterAll(() => close());

const statementSchema = z.tuple([z.string(), z.array(z.unknown())]);
const planSchema = z.array(z.object({ 'QUERY PLAN': z.string() }));

/** The statements of a sweep that finds nothing to do, with their parameters. */
async function statementsOfSweep() {
  const asked = vi.spyOn(pg.Client.prototype, 'query');
  try {
    expect(await routeNotifications(db, { limit: 100, email: true })).toEqual([]);
    expect(await findDueDeliveries(db, { overdueMs: 0, limit: 100, perReceiver: 10 })).toEqual([]);
    return asked.mock.calls.flatMap((call: readonly unknown[]) => {
      const { data } = statementSchema.safeParse(call.slice(0, 2));
      return data === undefined ? [] : [{ sql: data[0], parameters: data[1] }];
    });
  } finally {
    asked.mockRestore();
  }
}

it('a sweep without new messages reads only the partial indexes of open rows, however many messages were sent', async () => {
  const merchantId = await addMerchant(db);
  await addEndpoint(db, merchantId);
  const id = await addDelivery(db, merchantId);
  await db.pool.query(`UPDATE delivery SET status = 'DELIVERED', finished_at = now() WHERE id = $1`, [id]);
  await db.pool.query(
    `INSERT INTO notification (id, merchant_id, event, message, routed_at)
     SELECT gen_random_uuid(), $1, 'upload.completed', 'It is done.', now() FROM generate_series(1, 20000)`,
    [merchantId],
  );
  await db.pool.query(
    `INSERT INTO delivery (id, merchant_id, channel, event, status, finished_at)
     SELECT gen_random_uuid(), $1, 'WEBHOOK', 'webhook.test', 'DELIVERED', now() FROM generate_series(1, 20000)`,
    [merchantId],
  );
  await db.pool.query('VACUUM ANALYZE notification, delivery');
  const statements = await statementsOfSweep();
  expect(statements).toHaveLength(2);
  for (const { sql, parameters } of statements) {
    const { rows } = await db.pool.query(`EXPLAIN ${sql}`, parameters);
    const plan = planSchema
      .parse(rows)
      .map((row) => row['QUERY PLAN'])
      .join('\n');
    expect(plan).toMatch(/(?:notification_unrouted_idx|delivery_pending_idx)/);
    expect(plan).not.toContain('Seq Scan');
  }
});
