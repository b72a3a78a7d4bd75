import type { Schemas } from '@pledgeline/client/node';

/** A key as people see it, without its secret. Times are RFC 3339. */
export type ShownKey = Omit<Schemas['Key'], 'links'>;

/** What a key may do; each scope includes those before it. */
export type KeyScope = ShownKey['scope'];

/** What a new key is to be. */
export interface NewKey {
  readonly name: string;
  readonly scope: KeyScope;
  /** Null for a key that is valid until it is revoked. */
  readonly expiresAt: string | null;
}

/** A secret, which is shown only once, and what is known of its key. */
export interface NewSecret extends NewKey {
  readonly secret: string;
  /** Until when the previous secret is valid as well; null when it is not. */
  readonly previousSecretUntil: string | null;
}

/** The keys of a merchant: those of the merchant whose key asks, or as an operator sees them. */
export interface KeyRing {
  /** Said after "key" in sentences: ` of merchant "Ada Games"`, or nothing. */
  readonly owner: string;
  create(key: NewKey): Promise<NewSecret>;
  /** Newest first. */
  list(): Promise<readonly ShownKey[]>;
  /** Makes a new secret; the previous one stays valid for some hours. */
  rotate(id: string, overlapHours: number): Promise<NewSecret>;
  /** Ends a key for ever. */
  revoke(id: string): Promise<void>;
  /** A line about a merchant who cannot make keys for ever; blank for any other. The API takes care of that by itself. */
  warnOfEnd(): Promise<string>;
}
