import type pg from 'pg';
import type { Database } from '../client.js';
import { newId } from '../ids.js';
import { readingFrom } from '../page-start.js';
import { type Neighbours, type PageQuery, readPage } from '../read-page.js';
import { inTransaction } from '../transaction.js';
import {
  type KeyReport,
  type KeyRow,
  type KeyWithSecret,
  keyColumns,
  toKeyReport,
  validSql,
} from './key-report.js';
import type { KeyScope } from './key-scope.js';
import { createKeySecret } from './key-secret.js';

/** What a key is to be. */
export interface NewKey {
  /** Tells people what the key is for. */
  readonly name: string;
  readonly scope: KeyScope;
  /** Null for a key that is valid until it is revoked. */
  readonly expiresAt: Date | null;
}

/** A new key with its secret, which is shown only once. */
export interface NewApiKey {
  readonly key: string;
  readonly merchantId: string;
}

/** Makes a bearer key for the merchant of that name, who is created if there is none. By default it may do everything. */
export async function createApiKey(
  db: Database,
  merchantName: string,
  keyName: string,
  limits: Partial<Pick<NewKey, 'scope' | 'expiresAt'>> = {},
): Promise<NewApiKey> {
  const { id: merchantId } = await db.prisma.merchant.upsert({
    where: { name: merchantName },
    create: { id: newId(), name: merchantName },
    update: {},
  });
  const { scope = 'admin', expiresAt = null } = limits;
  const { secret } = await createKey(db, merchantId, { name: keyName, scope, expiresAt });
  return { key: secret, merchantId };
}

/** How many valid keys a merchant can have by own means. An operator can make more. */
export const maxKeys = 100;

/** As {@link createKey}; null when the merchant has {@link maxKeys} valid ones already. */
export function createKeyWithinLimit(
  db: Database,
  merchantId: string,
  key: NewKey,
): Promise<KeyWithSecret | null> {
  return inTransaction(db.pool, async (client) => {
    // Locks the merchant, so that two calls at once cannot exceed the limit.
    await client.query('SELECT 1 FROM merchant WHERE id = $1 FOR NO KEY UPDATE', [merchantId]);
    const { rows } = await client.query<{ count: number }>(
      `SELECT count(*) FROM api_key WHERE merchant_id = $1 AND ${validSql}`,
      [merchantId],
    );
    return (rows[0]?.count ?? 0) < maxKeys ? insertKey(client, merchantId, key) : null;
  });
}

/** Makes a bearer key. Only the hash of its secret is kept. */
export function createKey(db: Database, merchantId: string, key: NewKey): Promise<KeyWithSecret> {
  return insertKey(db.pool, merchantId, key);
}

async function insertKey(
  client: pg.Pool | pg.PoolClient,
  merchantId: string,
  { name, scope, expiresAt }: NewKey,
): Promise<KeyWithSecret> {
  const { secret, prefix, hash } = createKeySecret();
  const { rows } = await client.query<KeyRow>(
    `INSERT INTO api_key (id, merchant_id, name, scope, expires_at, prefix, hash)
     VALUES ($2, $1, $3, $4, $5, $6, $7) RETURNING ${keyColumns}`,
    [merchantId, newId(), name, scope, expiresAt, prefix, hash],
  );
  const [row] = rows;
  if (row === undefined) throw new Error('Postgres has inserted a key and returned no row');
  return { report: toKeyReport(row), secret };
}

/** A merchant's keys, newest first, those that were revoked or have expired among them. */
export async function listKeys(
  db: Database,
  merchantId: string,
  query: PageQuery,
): Promise<Neighbours & { readonly keys: readonly KeyReport[] }> {
  const { beyond, order } = readingFrom(query.start, 'DESC');
  const { rows: keys, ...beside } = await readPage(
    query,
    async (take) => {
      const { rows } = await db.pool.query<KeyRow>(
        `SELECT ${keyColumns} FROM api_key
         WHERE merchant_id = $1 AND ($2::uuid IS NULL OR id ${beyond} $2) ORDER BY id ${order} LIMIT $3`,
        [merchantId, query.start?.key ?? null, take],
      );
      return rows.map(toKeyReport);
    },
    ({ id }) => id,
  );
  return { keys, ...beside };
}
