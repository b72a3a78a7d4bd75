import {
  createApiKey,
  type Database,
  findMerchant,
  type KeyReport,
  listKeys,
  type PageStart,
  revokeKey,
  rotateKey,
} from '@pledgeline/db';
import { CliError } from '../cli-error.js';
import { withDatabase } from '../with-database.js';
import type { KeyRing, ShownKey } from './key-ring.js';

const HOUR_MS = 3_600_000;
/** How many keys are read at once. */
const PAGE = 200;

/**
 * The keys of a merchant in the database itself. So an operator can help a merchant who has lost all keys, and may end the last
 * one, because an operator can make another.
 */
export function keysInDatabase(connectionString: string, merchant: string): KeyRing {
  const ofMerchant = <T>(work: (db: Database, merchantId: string) => Promise<T>): Promise<T> =>
    withDatabase(connectionString, async (db) => work(db, await requireMerchant(db, merchant)));

  return {
    owner: ` of merchant "${merchant}"`,
    async create({ name, scope, expiresAt }) {
      const limits = { scope, expiresAt: expiresAt === null ? null : new Date(expiresAt) };
      const { key } = await withDatabase(connectionString, (db) => createApiKey(db, merchant, name, limits));
      return { name, scope, expiresAt, secret: key, previousSecretUntil: null };
    },
    list: () => ofMerchant(readAll),
    rotate: (id, overlapHours) =>
      ofMerchant(async (db, merchantId) => {
        const rotation = { overlapMs: overlapHours * HOUR_MS, askedWith: null };
        const rotated = await rotateKey(db, merchantId, id, rotation);
        if (rotated === null) throw noSuchKey(id, merchant);
        if (rotated !== 'ended') return { ...shown(rotated.report), secret: rotated.secret };
        throw new CliError(`The key ${id} is revoked or has expired.`, {
          hint: 'A new secret would be of no use. `keys create` makes a new key.',
        });
      }),
    revoke: (id) =>
      ofMerchant(async (db, merchantId) => {
        const outcome = await revokeKey(db, merchantId, id, null);
        if (outcome !== 'revoked') throw noSuchKey(id, merchant);
      }),
    async warnOfEnd() {
      const keys = await ofMerchant(readAll);
      const lasts = ({ scope, revokedAt, expiresAt }: ShownKey) =>
        scope === 'admin' && revokedAt === null && expiresAt === null;
      if (keys.some(lasts)) return '';
      return `The merchant "${merchant}" has no key of the scope admin that does not expire, so it cannot always make keys by itself.\n`;
    },
  };
}

async function readAll(db: Database, merchantId: string): Promise<readonly ShownKey[]> {
  const keys: ShownKey[] = [];
  for (let start: PageStart | undefined | null; start !== null; ) {
    const page = await listKeys(db, merchantId, { start, limit: PAGE });
    keys.push(...page.keys.map(shown));
    start = page.next;
  }
  return keys;
}

function shown({ id, name, scope, prefix, ...times }: KeyReport): ShownKey {
  return {
    id,
    name,
    scope,
    prefix,
    expiresAt: times.expiresAt?.toISOString() ?? null,
    revokedAt: times.revokedAt?.toISOString() ?? null,
    lastUsedAt: times.lastUsedAt?.toISOString() ?? null,
    previousSecretUntil: times.previousSecretUntil?.toISOString() ?? null,
    createdAt: times.createdAt.toISOString(),
  };
}

async function requireMerchant(db: Database, name: string): Promise<string> {
  const id = await findMerchant(db, name);
  if (id !== null) return id;
  throw new CliError(`There is no merchant "${name}".`, {
    hint: 'DATABASE_URL may name another database than the one it is in.',
  });
}

function noSuchKey(id: string, merchant: string): CliError {
  return new CliError(`The merchant "${merchant}" has no key ${id}.`, {
    hint: '`keys list` shows the keys of a merchant.',
  });
}
