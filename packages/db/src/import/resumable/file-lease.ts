import type { Database } from '../../client.js';

/** For how long a request may work on a file without renewing its lease; that of a dead process ends by itself. */
const LEASE_MS = 10_000;

/**
 * Takes the lease of a file, unless another request holds it; then that one learns that it is wanted. A file has one lease
 * over all processes.
 */
export async function takeFileLease({ pool }: Database, id: string, token: string): Promise<boolean> {
  const { rows } = await pool.query<{ taken: boolean }>(
    `UPDATE resumable_file SET
       lease_wanted = coalesce(lease_until > now(), false),
       lease_token = CASE WHEN lease_until > now() THEN lease_token ELSE $2 END,
       lease_until = CASE WHEN lease_until > now() THEN lease_until
                     ELSE now() + $3 * interval '1 millisecond' END
     WHERE id = $1 RETURNING lease_token = $2 AS taken`,
    [id, token, LEASE_MS],
  );
  return rows[0]?.taken ?? false;
}

/** Keeps a lease for longer. Returns whether it should be given back: another request waits for it, or has it. */
export async function renewFileLease({ pool }: Database, id: string, token: string): Promise<boolean> {
  const { rows } = await pool.query<{ wanted: boolean }>(
    `UPDATE resumable_file SET lease_until = now() + $3 * interval '1 millisecond'
     WHERE id = $1 AND lease_token = $2 RETURNING lease_wanted AS wanted`,
    [id, token, LEASE_MS],
  );
  return rows[0]?.wanted ?? true;
}

/** Gives a lease back. Changes nothing when another request has it by now. */
export async function returnFileLease({ pool }: Database, id: string, token: string): Promise<void> {
  await pool.query(
    `UPDATE resumable_file SET lease_token = NULL, lease_until = NULL, lease_wanted = false
     WHERE id = $1 AND lease_token = $2`,
    [id, token],
  );
}
