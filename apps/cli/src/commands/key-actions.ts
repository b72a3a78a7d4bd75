import {
  createApiKey,
  type Database,
  findMerchant,
  type KeyReport,
  type KeyScope,
  type KeyWithSecret,
  listKeys,
  type PageStart,
  revokeKey,
  rotateKey,
} from '@pledgeline/db';
import { CliError } from '../cli-error.js';
import { renderKeys } from '../report/render-keys.js';
import { styleFor } from '../report/style.js';
import type { CommandContext } from './context.js';
import { databaseUrl, withDatabase } from './with-database.js';

const HOUR_MS = 3_600_000;
/** How many keys are read at once. */
const PAGE = 200;

/** Options of `keys create`. */
export interface NewKeyOptions {
  readonly merchant: string;
  readonly name: string;
  readonly scope: KeyScope;
  readonly expires?: Date;
}

/** Whose keys a command is about. */
export interface MerchantOption {
  readonly merchant: string;
}

/** Options of `keys rotate`. */
export interface RotationOptions extends MerchantOption {
  readonly overlapHours: number;
}

/** Makes a key, and prints it. */
export async function createKey(
  { merchant, name, scope, expires }: NewKeyOptions,
  { env, stdout, stderr }: CommandContext,
): Promise<void> {
  const limits = { scope, expiresAt: expires ?? null };
  const { key, warning } = await withDatabase(databaseUrl(env), async (db) => {
    const made = await createApiKey(db, merchant, name, limits);
    return { key: made.key, warning: await warnOfEnd(db, made.merchantId, merchant) };
  });
  const end = expires === undefined ? '' : `, valid until ${expires.toISOString()}`;
  stderr.write(
    `Key "${name}" of merchant "${merchant}", scope ${scope}${end}. Keep it safe: it cannot be shown again.\n${warning}`,
  );
  // Only the key goes to stdout, so that KEY=$(…) works.
  stdout.write(`${key}\n`);
}

/** Prints all keys of a merchant. */
export async function listKeysOf(
  { merchant }: MerchantOption,
  { env, stdout }: CommandContext,
): Promise<void> {
  const keys = await withDatabase(databaseUrl(env), async (db) =>
    readAll(db, await requireMerchant(db, merchant)),
  );
  stdout.write(renderKeys(keys, new Date(), styleFor(stdout, { noColor: env.NO_COLOR !== undefined })));
}

/** Makes a new secret for a key, and prints it. */
export async function rotateOne(
  id: string,
  { merchant, overlapHours }: RotationOptions,
  { env, stdout, stderr }: CommandContext,
): Promise<void> {
  const { report, secret } = await withDatabase(databaseUrl(env), async (db): Promise<KeyWithSecret> => {
    const merchantId = await requireMerchant(db, merchant);
    const rotation = { overlapMs: overlapHours * HOUR_MS, askedWith: null };
    const rotated = await rotateKey(db, merchantId, id, rotation);
    if (rotated === null) throw noSuchKey(id, merchant);
    if (rotated !== 'ended') return rotated;
    throw new CliError(`The key ${id} is revoked or has expired.`, {
      hint: 'A new secret would be of no use. `keys create` makes a new key.',
    });
  });
  const until = report.previousSecretUntil?.toISOString();
  const previous = until === undefined ? 'is not valid any more' : `stays valid until ${until}`;
  stderr.write(
    `New secret of key "${report.name}"; the previous one ${previous}. Keep it safe: it cannot be shown again.\n`,
  );
  stdout.write(`${secret}\n`);
}

/** Ends a key for ever. An operator may end the last one, because an operator can make another. */
export async function revokeOne(
  id: string,
  { merchant }: MerchantOption,
  { env, stderr }: CommandContext,
): Promise<void> {
  const warning = await withDatabase(databaseUrl(env), async (db) => {
    const merchantId = await requireMerchant(db, merchant);
    const outcome = await revokeKey(db, merchantId, id, null);
    if (outcome !== 'revoked') throw noSuchKey(id, merchant);
    return warnOfEnd(db, merchantId, merchant);
  });
  stderr.write(`The key ${id} of merchant "${merchant}" is revoked.\n${warning}`);
}

/** A line about a merchant who cannot make keys for ever; blank for any other. */
async function warnOfEnd(db: Database, merchantId: string, merchant: string): Promise<string> {
  const keys = await readAll(db, merchantId);
  const lasts = ({ scope, revokedAt, expiresAt }: KeyReport) =>
    scope === 'admin' && revokedAt === null && expiresAt === null;
  if (keys.some(lasts)) return '';
  return `The merchant "${merchant}" has no key of the scope admin that does not expire, so it cannot always make keys by itself.\n`;
}

async function readAll(db: Database, merchantId: string): Promise<readonly KeyReport[]> {
  const keys: KeyReport[] = [];
  for (let start: PageStart | undefined | null; start !== null; ) {
    const page = await listKeys(db, merchantId, { start, limit: PAGE });
    keys.push(...page.keys);
    start = page.next;
  }
  return keys;
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
