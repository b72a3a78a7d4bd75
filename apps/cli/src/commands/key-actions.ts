import type { KeyRing, KeyScope, NewSecret } from '../keys/key-ring.js';
import { renderKeys } from '../report/render-keys.js';
import { type CommandContext, stdoutStyle, writeJson } from './context.js';
import type { JsonOption } from './json-option.js';

/** Options of `keys create`. */
export interface NewKeyOptions extends JsonOption {
  readonly name: string;
  readonly scope: KeyScope;
  readonly expires?: Date;
}

const SAFE = 'Keep it safe: it cannot be shown again.';

/** Makes a key, and prints it. */
export async function createKey(
  ring: KeyRing,
  { name, scope, expires, json }: NewKeyOptions,
  context: CommandContext,
): Promise<void> {
  const expiresAt = expires?.toISOString() ?? null;
  const made = await ring.create({ name, scope, expiresAt });
  const end = expiresAt === null ? '' : `, valid until ${expiresAt}`;
  context.stderr.write(
    `Key "${name}"${ring.owner}, scope ${scope}${end}. ${SAFE}\n${await ring.warnOfEnd()}`,
  );
  printSecret(made, json, context);
}

/** Prints all keys. */
export async function listAllKeys(
  ring: KeyRing,
  { json }: JsonOption,
  context: CommandContext,
): Promise<void> {
  const keys = await ring.list();
  if (json) for (const key of keys) writeJson(context, key);
  else context.stdout.write(renderKeys(keys, new Date(), stdoutStyle(context)));
}

/** Makes a new secret for a key, and prints it. */
export async function rotateOne(
  ring: KeyRing,
  id: string,
  { overlapHours, json }: JsonOption & { readonly overlapHours: number },
  context: CommandContext,
): Promise<void> {
  const made = await ring.rotate(id, overlapHours);
  const until = made.previousSecretUntil;
  const previous = until === null ? 'is not valid any more' : `stays valid until ${until}`;
  context.stderr.write(`New secret of key "${made.name}"; the previous one ${previous}. ${SAFE}\n`);
  printSecret(made, json, context);
}

/** Ends a key for ever. */
export async function revokeOne(
  ring: KeyRing,
  id: string,
  { json }: JsonOption,
  context: CommandContext,
): Promise<void> {
  await ring.revoke(id);
  if (json) writeJson(context, { id, revoked: true });
  context.stderr.write(`The key ${id}${ring.owner} is revoked.\n${await ring.warnOfEnd()}`);
}

/** Only the secret goes to stdout, so that KEY=$(…) works. */
function printSecret(made: NewSecret, json: boolean, context: CommandContext): void {
  if (json) writeJson(context, made);
  else context.stdout.write(`${made.secret}\n`);
}
