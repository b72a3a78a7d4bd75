import { createHash, randomBytes } from 'node:crypto';

const PREFIX_LENGTH = 8;

/** A new secret, and what is kept of it. */
export interface KeySecret {
  /** `pl_…`; it is shown once. */
  readonly secret: string;
  /** Its first characters, by which people recognise the key. */
  readonly prefix: string;
  /** Lower-case hex SHA-256 of the whole secret. */
  readonly hash: string;
}

/** Makes the secret of a key. */
export function createKeySecret(): KeySecret {
  const secret = `pl_${randomBytes(24).toString('base64url')}`;
  return { secret, prefix: secret.slice(0, PREFIX_LENGTH), hash: hashSecret(secret) };
}

/** A fast hash is enough: 24 random bytes cannot be guessed. */
export function hashSecret(secret: string): string {
  return createHash('sha256').update(secret).digest('hex');
}
