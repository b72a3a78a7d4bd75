/** What a key may do, from little to everything. Each scope includes those before it. */
export const keyScopes = ['read', 'write', 'admin'] as const;

export type KeyScope = (typeof keyScopes)[number];

/** Whether a key of the scope `held` may do what needs the scope `needed`. */
export function isEnough(held: KeyScope, needed: KeyScope): boolean {
  return keyScopes.indexOf(held) >= keyScopes.indexOf(needed);
}
