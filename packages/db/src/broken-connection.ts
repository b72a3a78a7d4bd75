import type pg from 'pg';

/** The connection of a transaction broke off while a statement ran, and Postgres did not say why: the process that ran it is gone. */
export class BrokenConnectionError extends Error {
  override readonly name = 'BrokenConnectionError';
  constructor(cause: unknown) {
    super('The connection broke off while a statement ran', { cause });
  }
}

/** What the driver says; `08…` is what a pooler between us and Postgres says. */
const codes = /^(?:ECONNRESET|EPIPE|08003|08006|08P01)$/;
const TEXT = 'Connection terminated unexpectedly';
/** crash_shutdown: what Postgres tells every client when the process of another one has crashed, before it ends all connections. */
const CRASH_ELSEWHERE = '57P02';

const bystanders = new WeakSet<pg.ClientBase>();

/** Remembers whether Postgres ends the connection because another one has crashed: it says so in a notice, and not in an error. */
export function watchForCrashes(client: pg.ClientBase): void {
  client.on('notice', ({ code }) => {
    if (code === CRASH_ELSEWHERE) bystanders.add(client);
  });
}

/** The error of a transaction on this client, as a {@link BrokenConnectionError} where it is one. */
export function asBroken(client: pg.ClientBase, error: unknown): unknown {
  if (!(error instanceof Error) || bystanders.has(client)) return error;
  const isBroken =
    error.message.startsWith(TEXT) ||
    ('code' in error && typeof error.code === 'string' && codes.test(error.code));
  return isBroken ? new BrokenConnectionError(error) : error;
}
