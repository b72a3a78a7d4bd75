import type { KeyScope } from './key-scope.js';

/** A bearer key, without its secret. */
export interface KeyReport {
  readonly id: string;
  readonly name: string;
  readonly scope: KeyScope;
  /** The first characters of the secret. */
  readonly prefix: string;
  /** Null for a key that is valid until it is revoked. */
  readonly expiresAt: Date | null;
  readonly revokedAt: Date | null;
  /** Right to about a minute; null for a key that was never used. */
  readonly lastUsedAt: Date | null;
  /** Until when the previous secret is valid as well; null when it is not. */
  readonly previousSecretUntil: Date | null;
  readonly createdAt: Date;
}

/** A key with its secret, which is shown only once. */
export interface KeyWithSecret {
  readonly report: KeyReport;
  /** `pl_…` */
  readonly secret: string;
}

/** A row of {@link keyColumns}. */
export interface KeyRow {
  id: string;
  name: string;
  scope: KeyScope;
  prefix: string;
  expires_at: Date | null;
  revoked_at: Date | null;
  last_used_at: Date | null;
  previous_until: Date | null;
  created_at: Date;
}

/** The columns of `api_key` that a report is made of. */
export const keyColumns = `id, name, scope, prefix, expires_at, revoked_at, last_used_at,
  CASE WHEN previous_until > now() AND revoked_at IS NULL THEN previous_until END AS previous_until, created_at`;

/** Which rows of `api_key` are valid keys. */
export const validSql = '(revoked_at IS NULL AND (expires_at IS NULL OR expires_at > now()))';

/** Makes the report of a row. */
export function toKeyReport(row: KeyRow): KeyReport {
  return {
    id: row.id,
    name: row.name,
    scope: row.scope,
    prefix: row.prefix,
    expiresAt: row.expires_at,
    revokedAt: row.revoked_at,
    lastUsedAt: row.last_used_at,
    previousSecretUntil: row.previous_until,
    createdAt: row.created_at,
  };
}
