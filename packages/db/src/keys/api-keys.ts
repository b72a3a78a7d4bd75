import { createHash, randomBytes } from 'node:crypto';
import type { Database } from '../client.js';
import { newId } from '../ids.js';

/** A new key with its secret, which is shown only once. */
export interface NewApiKey {
  readonly key: string;
  readonly merchantId: string;
}

/** Makes a bearer key for the merchant of that name, who is created if there is none. Only its hash is kept. */
export async function createApiKey(db: Database, merchantName: string, keyName: string): Promise<NewApiKey> {
  const merchant = await db.prisma.merchant.upsert({
    where: { name: merchantName },
    create: { id: newId(), name: merchantName },
    update: {},
  });
  const key = `pl_${randomBytes(24).toString('base64url')}`;
  await db.prisma.apiKey.create({
    data: {
      id: newId(),
      merchantId: merchant.id,
      name: keyName,
      prefix: key.slice(0, 8),
      hash: hashKey(key),
    },
  });
  return { key, merchantId: merchant.id };
}

/**
 * The merchant that a bearer key belongs to, or null when the key is unknown or revoked. Every request asks, so it is
 * plain SQL: an API that only receives files need not load Prisma's query compiler.
 */
export async function findMerchantByKey(db: Database, key: string): Promise<string | null> {
  const { rows } = await db.pool.query<{ merchant_id: string }>(
    'SELECT merchant_id FROM api_key WHERE hash = $1 AND revoked_at IS NULL',
    [hashKey(key)],
  );
  return rows[0]?.merchant_id ?? null;
}

/** A fast hash is enough: 24 random bytes cannot be guessed. */
function hashKey(key: string): string {
  return createHash('sha256').update(key).digest('hex');
}
